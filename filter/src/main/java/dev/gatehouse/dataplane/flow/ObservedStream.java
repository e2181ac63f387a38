package dev.gatehouse.dataplane.flow;

import dev.gatehouse.http.BodyStream;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stream on its way to the client: somebody is told when it is over, how far it came and why no further. */
final class ObservedStream implements BodyStream {

    /** Called once. */
    interface End {
        /** @param failure null where the stream came to its end */
        void at(long length, String failure);
    }

    private final BodyStream stream;
    private final End end;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile long length;

    ObservedStream(BodyStream stream, End end) {
        this.stream = stream;
        this.end = end;
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
            end.at(length, failure);
        }
    }
}
