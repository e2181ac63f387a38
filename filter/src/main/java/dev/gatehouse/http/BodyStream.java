package dev.gatehouse.http;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A body that comes bit by bit, at the pace of whoever takes it: what nobody has asked for is not read from the backend. One asks,
 * and asks again when the answer is there.
 */
public interface BodyStream {

    /** @return some bytes, and null at the end; fails with {@link BackendException} where there is no end */
    CompletionStage<byte[]> next();

    /** Nobody wants any more. May be called at any time, and twice. */
    void cancel();

    /** A body that is here already. */
    static BodyStream of(byte[] body) {
        byte[][] left = {body.length == 0 ? null : body};
        return new BodyStream() {
            @Override
            public CompletionStage<byte[]> next() {
                byte[] bytes = left[0];
                left[0] = null;
                return CompletableFuture.completedFuture(bytes);
            }

            @Override
            public void cancel() {
                left[0] = null;
            }
        };
    }

    /**
     * Takes all of it.
     *
     * @param limit the most bytes
     * @return the bytes; fails as {@link #next} does, and beyond the limit as {@code TOO_LARGE}
     */
    static CompletionStage<byte[]> whole(BodyStream stream, int limit) {
        return more(stream, new ByteArrayOutputStream(), limit);
    }

    private static CompletionStage<byte[]> more(BodyStream stream, ByteArrayOutputStream taken, int limit) {
        return stream.next().thenCompose(bytes -> {
            if (bytes == null) {
                return CompletableFuture.completedFuture(taken.toByteArray());
            }
            if (bytes.length > limit - taken.size()) {
                stream.cancel();
                return CompletableFuture.failedFuture(
                        new BackendException(BackendException.Reason.TOO_LARGE, "answer exceeds " + limit + " bytes"));
            }
            taken.writeBytes(bytes);
            return more(stream, taken, limit);
        });
    }
}
