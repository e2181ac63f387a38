package dev.gatehouse.http;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Sends a call over HTTP and holds no thread while it waits. Never follows a redirect. Implementations are thread-safe. */
public interface HttpSender {

    /** @return the answer; fails with {@link BackendException} only */
    CompletionStage<BackendReply> send(BackendRequest request);

    /**
     * As {@link #send}, but hands over the answer as soon as its head is there. What cannot do that hands over whole answers.
     *
     * @param request its timeout is for the whole of the stream
     * @param idle how long the backend may be silent
     */
    default CompletionStage<StreamedReply> stream(BackendRequest request, Duration idle) {
        return send(request)
                .thenApply(reply -> new StreamedReply(reply.status(), reply.headers(), BodyStream.of(reply.body())));
    }
}
