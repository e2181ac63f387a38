package dev.gatehouse.dataplane.flow;

import dev.gatehouse.http.BodyStream;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** A stream on its way to the client: somebody is told when it is over, how far it came and why no further. */
final class ObservedStream implements BodyStream {

    /**
     * What became of it; times are milliseconds from its head.
     *
     * @param length bytes that came
     * @param toFirstContent null where none came
     * @param failure null where the stream came to its end
     */
    record Passage(long length, Long toFirstContent, long toEnd, String failure) {}

    /** Called once. */
    interface End {
        void at(Passage passage);
    }

    private final BodyStream stream;
    private final LongSupplier nanos;
    private final End end;
    private final long begun;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile long length;
    private volatile Long toFirstContent;

    /** @param nanos a clock as {@link System#nanoTime} */
    ObservedStream(BodyStream stream, LongSupplier nanos, End end) {
        this.stream = stream;
        this.nanos = nanos;
        this.end = end;
        this.begun = nanos.getAsLong();
    }

    @Override
    public CompletionStage<byte[]> next() {
        return stream.next().whenComplete((bytes, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                finish(String.valueOf(cause.getMessage()));
            } else if (bytes == null) {
                finish(null);
            } else {
                if (toFirstContent == null) {
                    toFirstContent = millis();
                }
                length += bytes.length;
            }
        });
    }

    @Override
    public void cancel() {
        stream.cancel();
        finish("the client went away");
    }

    private void finish(String failure) {
        if (over.compareAndSet(false, true)) {
            end.at(new Passage(length, toFirstContent, millis(), failure));
        }
    }

    private long millis() {
        return (nanos.getAsLong() - begun) / 1_000_000;
    }
}
