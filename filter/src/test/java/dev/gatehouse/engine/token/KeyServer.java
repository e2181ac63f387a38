package dev.gatehouse.engine.token;

import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.HttpSender;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers what it is told, and remembers who asked. */
public final class KeyServer implements HttpSender {

    public final List<BackendRequest> requests = new ArrayList<>();
    private BackendReply reply = new BackendReply(404, Headers.EMPTY, new byte[0]);
    private BackendException failure;
    private CompletableFuture<BackendReply> held;

    public KeyServer publishing(String document) {
        return answering(200, document);
    }

    public KeyServer answering(int status, String document) {
        return answering(new BackendReply(status, Headers.EMPTY, document.getBytes(StandardCharsets.UTF_8)));
    }

    KeyServer answering(BackendReply answer) {
        reply = answer;
        failure = null;
        return this;
    }

    public KeyServer failing() {
        failure = new BackendException(BackendException.Reason.NETWORK, "connection refused");
        return this;
    }

    /** From now on nobody is answered before {@link #release}. */
    KeyServer holding() {
        held = new CompletableFuture<>();
        return this;
    }

    void release() {
        held.complete(reply);
    }

    @Override
    public CompletionStage<BackendReply> send(BackendRequest request) {
        requests.add(request);
        if (held != null) {
            return held;
        }
        return failure == null ? CompletableFuture.completedFuture(reply) : CompletableFuture.failedFuture(failure);
    }
}
