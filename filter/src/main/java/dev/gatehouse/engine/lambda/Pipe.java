package dev.gatehouse.engine.lambda;

import dev.gatehouse.engine.lambda.LambdaException.Reason;
import dev.gatehouse.http.BodyStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;

/**
 * What a function writes, on its way to whoever reads it. Somebody who is waiting gets at once what is written; otherwise some of it
 * waits here, and a function that has written more than that waits, too.
 */
final class Pipe implements BodyStream {

    private static final int CAPACITY = 64 * 1024;
    private static final byte[] NOTHING = {};

    private final Duration idle;
    private final BiFunction<Duration, Runnable, Future<?>> alarm;
    private final CompletableFuture<Void> unwanted = new CompletableFuture<>();
    private byte[] waiting = NOTHING;
    private int length;
    private CompletableFuture<byte[]> asked;
    private boolean ended;
    private LambdaException failure;

    /**
     * @param idle how long the function may be silent while somebody waits for it
     * @param alarm runs something after a time, unless it is cancelled
     */
    Pipe(Duration idle, BiFunction<Duration, Runnable, Future<?>> alarm) {
        this.idle = idle;
        this.alarm = alarm;
    }

    /** Completes where nobody wants any more. */
    CompletionStage<Void> unwanted() {
        return unwanted;
    }

    /** The function's end of it. */
    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                Objects.checkFromIndexSize(offset, count, bytes.length);
                int from = offset;
                while (from < offset + count) {
                    from += put(bytes, from, Math.min(CAPACITY, offset + count - from));
                }
            }
        };
    }

    /** @return how many of the bytes it took; at least one */
    private int put(byte[] bytes, int from, int most) throws IOException {
        CompletableFuture<byte[]> reader;
        synchronized (this) {
            while (!ended && asked == null && length == CAPACITY) {
                await();
            }
            if (ended) {
                throw new IOException("nobody reads this answer any more");
            }
            reader = asked;
            asked = null;
            if (reader == null) {
                return keep(bytes, from, Math.min(most, CAPACITY - length));
            }
        }
        reader.complete(Arrays.copyOfRange(bytes, from, from + most));
        return most;
    }

    private void await() throws InterruptedIOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the call was given up");
        }
    }

    private int keep(byte[] bytes, int from, int count) {
        if (length + count > waiting.length) {
            waiting = Arrays.copyOf(waiting, Math.min(CAPACITY, Math.max(length + count, 2 * waiting.length)));
        }
        System.arraycopy(bytes, from, waiting, length, count);
        length += count;
        return count;
    }

    /** Nothing comes any more; what waits can still be read. @param why null where the function came to its end */
    void end(LambdaException why) {
        CompletableFuture<byte[]> reader;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            failure = why;
            reader = asked;
            asked = null;
            notifyAll();
        }
        if (reader != null) {
            last(why, reader);
        }
    }

    private static void last(LambdaException failure, CompletableFuture<byte[]> reader) {
        if (failure == null) {
            reader.complete(null);
        } else {
            reader.completeExceptionally(failure);
        }
    }

    @Override
    public CompletionStage<byte[]> next() {
        CompletableFuture<byte[]> next = new CompletableFuture<>();
        synchronized (this) {
            if (asked != null) {
                throw new IllegalStateException("asked again before there was an answer");
            }
            if (length > 0) {
                next.complete(Arrays.copyOf(waiting, length));
                waiting = NOTHING;
                length = 0;
                notifyAll();
                return next;
            }
            if (ended) {
                last(failure, next);
                return next;
            }
            asked = next;
        }
        try {
            Future<?> silence = alarm.apply(idle, () -> silent(next));
            next.whenComplete((bytes, broken) -> silence.cancel(false));
        } catch (RejectedExecutionException e) {
            // Nothing runs any more: whoever stopped the functions ends this stream, too.
        }
        return next;
    }

    private void silent(CompletableFuture<byte[]> reader) {
        boolean waits;
        synchronized (this) {
            waits = asked == reader;
        }
        if (waits) {
            end(new LambdaException(Reason.TIMEOUT, "the function was silent for " + idle));
            unwanted.complete(null);
        }
    }

    @Override
    public void cancel() {
        end(new LambdaException(Reason.FAILED, "nobody wants the rest of the answer"));
        unwanted.complete(null);
    }
}
