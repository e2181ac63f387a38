package dev.gatehouse.http;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A body that comes bit by bit, at the pace of whoever takes it: what nobody has asked for is not read from the backend. One asks,
 * and asks again when the answer is there.
 */
public interface BodyStream {

    /**
     * @return some bytes, and null at the end; fails with {@link BackendException} where there is no end, or with what whoever made
     *     the stream says instead
     */
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

    /** The same with some bytes before it. */
    static BodyStream after(byte[] first, BodyStream rest) {
        BodyStream begin = of(first);
        return new BodyStream() {
            @Override
            public CompletionStage<byte[]> next() {
                return begin.next().thenCompose(bytes -> bytes == null ? rest.next() : completed(bytes));
            }

            @Override
            public void cancel() {
                begin.cancel();
                rest.cancel();
            }
        };
    }

    private static CompletionStage<byte[]> completed(byte[] bytes) {
        return CompletableFuture.completedFuture(bytes);
    }

    /**
     * Takes all of it.
     *
     * @param limit the most bytes
     * @return the bytes; fails as {@link #next} does, and beyond the limit as {@code TOO_LARGE}
     */
    static CompletionStage<byte[]> whole(BodyStream stream, int limit) {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        return until(stream, bytes -> {
            if (bytes == null) {
                return taken.toByteArray();
            }
            if (bytes.length > limit - taken.size()) {
                stream.cancel();
                throw new BackendException(BackendException.Reason.TOO_LARGE, "answer exceeds " + limit + " bytes");
            }
            taken.writeBytes(bytes);
            return null;
        });
    }

    /**
     * Takes as much as somebody needs.
     *
     * @param taker gets some bytes, and null at the end; answers null where it needs more, which it must not at the end
     * @return what it answers; fails as {@link #next} does, and with what the taker throws
     */
    static <T> CompletionStage<T> until(BodyStream stream, Function<byte[], T> taker) {
        CompletableFuture<T> made = new CompletableFuture<>();
        take(stream, taker, made);
        return made;
    }

    private static <T> void take(BodyStream stream, Function<byte[], T> taker, CompletableFuture<T> made) {
        CompletableFuture<byte[]> next = stream.next().toCompletableFuture();
        // a loop, no recursion: what is there may be there in very many bits
        while (next.isDone()) {
            if (!wantsMore(next, taker, made)) {
                return;
            }
            next = stream.next().toCompletableFuture();
        }
        CompletableFuture<byte[]> later = next;
        later.whenComplete((bytes, failure) -> {
            if (wantsMore(later, taker, made)) {
                take(stream, taker, made);
            }
        });
    }

    private static <T> boolean wantsMore(
            CompletableFuture<byte[]> arrived, Function<byte[], T> taker, CompletableFuture<T> made) {
        try {
            T answer = taker.apply(arrived.join());
            if (answer != null) {
                made.complete(answer);
            }
            return answer == null;
        } catch (CompletionException e) {
            made.completeExceptionally(e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException e) {
            made.completeExceptionally(e);
        }
        return false;
    }
}
