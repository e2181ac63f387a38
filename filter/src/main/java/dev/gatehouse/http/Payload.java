package dev.gatehouse.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The body of a request, not read yet: a call that is refused early, or streamed to the application, never reads it here. */
public interface Payload {

    /** A request without body. */
    Payload NONE = new Payload() {
        @Override
        public long declaredLength() {
            return 0;
        }

        @Override
        public CompletionStage<byte[]> read(int limit) {
            return CompletableFuture.completedFuture(new byte[0]);
        }
    };

    /** A body that is here already; not copied. */
    static Payload of(byte[] body) {
        return new Payload() {
            @Override
            public long declaredLength() {
                return body.length;
            }

            @Override
            public CompletionStage<byte[]> read(int limit) {
                return body.length > limit
                        ? CompletableFuture.failedFuture(new PayloadTooLargeException(limit))
                        : CompletableFuture.completedFuture(body);
            }
        };
    }

    /** @return the {@code Content-Length}, or -1 where the client did not say */
    long declaredLength();

    /**
     * Reads the whole body, once.
     *
     * @param limit the most bytes accepted
     * @return the bytes; fails with {@link PayloadTooLargeException} beyond the limit and with an {@code IOException} where
     *     the client goes away
     */
    CompletionStage<byte[]> read(int limit);
}
