package dev.gatehouse.servlet;

import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendReply;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.Executor;

/** The application answers the gateway: everything stays here, up to a limit. */
final class CollectedOutput extends ApplicationOutput {

    /** The most a gateway passes on: API Gateway developer guide, "Amazon API Gateway quotas", payload size. */
    static final int LIMIT = 10_485_760;

    private final Executor container;
    private boolean tooLarge;
    private boolean flushed;

    CollectedOutput(Executor container) {
        this.container = container;
    }

    /** @throws BackendException where the application wrote more than the limit */
    BackendReply reply(boolean withBody) {
        if (tooLarge) {
            throw new BackendException(
                    BackendException.Reason.TOO_LARGE, "the application's answer exceeds " + LIMIT + " bytes");
        }
        return new BackendReply(response.getStatus(), response.headers(), withBody ? held.toByteArray() : new byte[0]);
    }

    @Override
    boolean committed() {
        return flushed || closed();
    }

    @Override
    int bufferSize() {
        return LIMIT;
    }

    @Override
    void bufferSize(int size) {
        // whatever was asked for, there is more
    }

    @Override
    void accept(byte[] bytes, int offset, int count) throws IOException {
        if (tooLarge || count > LIMIT - held.size()) {
            tooLarge = true;
            held.reset();
            throw new IOException("the answer exceeds " + LIMIT + " bytes");
        }
        held.write(bytes, offset, count);
    }

    @Override
    void send() {
        flushed = true;
    }

    /** There is no error page here: the gateway makes its answer from the status. */
    @Override
    void error(int status, String message) {
        seal();
    }

    @Override
    void finish() {
        if (!closed()) {
            response.drain();
            seal();
        }
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        container.execute(() -> {
            try {
                listener.onWritePossible();
            } catch (IOException | RuntimeException e) {
                listener.onError(e);
            }
        });
    }
}
