package dev.gatehouse.servlet;

import jakarta.servlet.ServletOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Where the bytes go that an application writes: held back up to a buffer's size, then as the kind of call wants it. */
abstract class ApplicationOutput extends ServletOutputStream {

    /** Grows with the first bytes: most applications write an answer of this size at once. */
    final ByteArrayOutputStream held = new ByteArrayOutputStream(0);

    ApplicationResponse response;
    private volatile boolean draining;
    private volatile boolean closed;

    final void serves(ApplicationResponse served) {
        response = served;
    }

    /** While it drains, a writer's flush means: give me your bytes, not: send them. */
    final void draining(boolean now) {
        draining = now;
    }

    final void discard() {
        held.reset();
    }

    final boolean closed() {
        return closed;
    }

    /** Whether the head has left, or can no longer be changed for another reason. */
    abstract boolean committed();

    abstract int bufferSize();

    abstract void bufferSize(int size);

    /** The application gave up with an error; nothing it writes afterwards counts. */
    abstract void error(int status, String message) throws IOException;

    /** The application has said all. May be called twice. */
    abstract void finish() throws IOException;

    abstract void accept(byte[] bytes, int offset, int length) throws IOException;

    abstract void send() throws IOException;

    final void seal() {
        closed = true;
    }

    @Override
    public final void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public final void write(byte[] bytes, int offset, int length) throws IOException {
        if (!closed && length > 0) {
            accept(bytes, offset, length);
        }
    }

    @Override
    public final void flush() throws IOException {
        if (!draining && !closed) {
            send();
        }
    }

    @Override
    public final void close() throws IOException {
        if (!closed && !draining) {
            finish();
            closed = true;
        }
    }
}
