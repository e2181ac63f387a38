package dev.gatehouse.http;

import java.util.concurrent.CompletionStage;

/** Sends a call over HTTP and holds no thread while it waits. Never follows a redirect. Implementations are thread-safe. */
public interface HttpSender {

    /** @return the answer; fails with {@link BackendException} only */
    CompletionStage<BackendReply> send(BackendRequest request);
}
