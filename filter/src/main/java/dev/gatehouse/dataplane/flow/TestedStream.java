package dev.gatehouse.dataplane.flow;

import dev.gatehouse.http.BodyStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * What a test of a method shows of an answer that streams: all of it, or what has come after 35 seconds, or once it is more than
 * 1 MB. Source: API Gateway developer guide, "Troubleshoot issues with response streaming".
 */
final class TestedStream {

    private static final int ENOUGH = 1024 * 1024;

    static final Duration PATIENCE = Duration.ofSeconds(35);

    private TestedStream() {}

    /**
     * @param patience after which what has come will do
     * @return never fails: of a stream that breaks off, what came before
     */
    static CompletionStage<byte[]> taken(BodyStream stream, Duration patience) {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        return BodyStream.until(stream, bytes -> {
                    if (bytes != null) {
                        taken.writeBytes(bytes);
                    }
                    return bytes == null || taken.size() > ENOUGH ? taken : null;
                })
                .toCompletableFuture()
                .completeOnTimeout(taken, patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> taken)
                .thenApply(enough -> {
                    stream.cancel();
                    return taken.toByteArray();
                });
    }
}
