package dev.gatehouse.servlet;

import dev.gatehouse.http.Headers;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * The application answers the client itself; the gateway has its say on the head, once, before the first byte leaves.
 *
 * <p>Where the application answers from a thread of its own, that thread and the container's may both come to the end: whoever is
 * second waits until the head has been applied, and does not go on as if it had been.
 */
final class StreamedOutput extends ApplicationOutput {

    private final HttpServletResponse client;
    private final String method;
    private final UnaryOperator<Headers> head;
    private int bufferSize = 8192;
    private volatile boolean committed;
    private boolean listening;
    private Headers sent = Headers.EMPTY;
    private long length;

    /** @param method the verb that the application sees */
    StreamedOutput(HttpServletResponse client, String method, UnaryOperator<Headers> head) {
        this.client = client;
        this.method = method;
        this.head = head;
    }

    /** The lines as they left. */
    Headers sent() {
        return sent;
    }

    /** Bytes of body so far. */
    long length() {
        return length;
    }

    @Override
    boolean committed() {
        return committed;
    }

    @Override
    int bufferSize() {
        return bufferSize;
    }

    @Override
    void bufferSize(int size) {
        if (committed || held.size() > 0) {
            throw new IllegalStateException("the body has begun");
        }
        bufferSize = size;
    }

    @Override
    void accept(byte[] bytes, int offset, int count) throws IOException {
        length += count;
        // a listener may write once per isReady(), so in its world nothing is put aside for later
        if (!committed && !listening && held.size() + count <= bufferSize) {
            held.write(bytes, offset, count);
            return;
        }
        commit(-1);
        client.getOutputStream().write(bytes, offset, count);
    }

    @Override
    void send() throws IOException {
        commit(-1);
        client.getOutputStream().flush();
    }

    @Override
    synchronized void finish() throws IOException {
        if (!closed()) {
            response.drain();
            commit(held.size());
            seal();
        }
    }

    @Override
    synchronized void error(int status, String message) throws IOException {
        applyHead();
        committed = true;
        seal();
        if (message == null) {
            client.sendError(status);
        } else {
            client.sendError(status, message);
        }
    }

    /** @param whole length of the body where all of it is held; -1 where more may come */
    private synchronized void commit(long whole) throws IOException {
        if (committed) {
            return;
        }
        committed = true;
        if (client.isCommitted()) {
            return;
        }
        String declared = response.headers().first("Content-Length");
        applyHead();
        int status = response.getStatus();
        if (declared != null) {
            client.setContentLengthLong(Long.parseLong(declared));
        } else if (whole > 0 || whole == 0 && status != 204 && status != 304 && !method.equals("HEAD")) {
            client.setContentLengthLong(whole);
        }
        if (held.size() > 0) {
            held.writeTo(client.getOutputStream());
            held.reset();
        }
    }

    private void applyHead() {
        sent = head.apply(response.headers());
        String complaint = HeaderLines.complaint(sent);
        if (complaint != null) {
            throw new IllegalStateException(complaint);
        }
        client.setStatus(response.getStatus());
        HeaderLines.write(sent, client);
    }

    @Override
    public boolean isReady() {
        return closed() || stream().isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        try {
            if (held.size() > 0) {
                commit(-1);
            }
        } catch (IOException e) {
            throw new IllegalStateException("what was written so far cannot be sent", e);
        }
        listening = true;
        stream().setWriteListener(listener);
    }

    private ServletOutputStream stream() {
        try {
            return client.getOutputStream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
