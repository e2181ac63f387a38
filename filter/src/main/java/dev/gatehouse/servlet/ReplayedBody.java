package dev.gatehouse.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.concurrent.Executor;

/** A body that is in memory already, served as if it came from the client. */
final class ReplayedBody extends ServletInputStream {

    private final byte[] bytes;
    private final Executor container;
    private int next;
    private boolean listening;

    /** @param container runs a listener on a thread of the container */
    ReplayedBody(byte[] bytes, Executor container) {
        this.bytes = bytes;
        this.container = container;
    }

    @Override
    public int read() {
        return next < bytes.length ? bytes[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, bytes.length - next);
        if (count <= 0) {
            return -1;
        }
        System.arraycopy(bytes, next, target, offset, count);
        next += count;
        return count;
    }

    @Override
    public int available() {
        return bytes.length - next;
    }

    @Override
    public boolean isFinished() {
        return next >= bytes.length;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
        if (listener == null) {
            throw new NullPointerException("listener");
        }
        if (listening) {
            throw new IllegalStateException("a ReadListener is set already");
        }
        listening = true;
        container.execute(() -> {
            try {
                if (bytes.length > 0) {
                    listener.onDataAvailable();
                }
                if (isFinished()) {
                    listener.onAllDataRead();
                }
            } catch (IOException | RuntimeException e) {
                listener.onError(e);
            }
        });
    }
}
