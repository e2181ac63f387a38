package dev.gatehouse.dataplane.integration;

import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendException.Reason;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.Headers;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;

/** Gathers one answer and completes the future with it, or with the reason why there is none. */
final class ReplyCollector implements Response.Listener {

    /** Trusting a declared length beyond this would let a backend take our memory without sending a byte. */
    private static final int MAX_TRUSTED_LENGTH = 65536;

    private final CompletableFuture<BackendReply> reply;
    private final int limit;
    private byte[] body = new byte[0];
    private int used;

    ReplyCollector(CompletableFuture<BackendReply> reply, int limit) {
        this.reply = reply;
        this.limit = limit;
    }

    @Override
    public void onBegin(Response response) {
        if (response.getStatus() < 200) {
            response.abort(new BackendException(Reason.NETWORK, "unexpected interim answer " + response.getStatus()));
        }
    }

    @Override
    public void onContent(Response response, ByteBuffer content) {
        int size = content.remaining();
        if (size > limit - used) {
            response.abort(new BackendException(Reason.TOO_LARGE, "answer exceeds " + limit + " bytes"));
            return;
        }
        if (used + size > body.length) {
            body = Arrays.copyOf(body, capacity(response, used + size));
        }
        content.get(body, used, size);
        used += size;
    }

    private int capacity(Response response, int needed) {
        long declared = response.getHeaders().getLongField("Content-Length");
        if (declared >= needed && declared <= Math.min(limit, MAX_TRUSTED_LENGTH)) {
            return (int) declared;
        }
        return Math.max(needed, (int) Math.min(limit, 2L * body.length));
    }

    @Override
    public void onComplete(Result result) {
        if (result.isSucceeded()) {
            Headers.Builder headers = Headers.builder();
            result.getResponse()
                    .getHeaders()
                    .forEach(field -> headers.add(field.getName(), field.getValue() == null ? "" : field.getValue()));
            byte[] whole = used == body.length ? body : Arrays.copyOf(body, used);
            reply.complete(new BackendReply(result.getResponse().getStatus(), headers.build(), whole));
        } else {
            reply.completeExceptionally(reason(result.getFailure()));
        }
    }

    static BackendException reason(Throwable failure) {
        if (failure instanceof BackendException known) {
            return known;
        }
        if (failure instanceof TimeoutException) {
            return new BackendException(Reason.TIMEOUT, "no complete answer in time");
        }
        if (failure instanceof UnknownHostException || failure instanceof UnresolvedAddressException) {
            return new BackendException(Reason.INVALID_ENDPOINT, failure.toString());
        }
        return new BackendException(Reason.NETWORK, failure.toString());
    }
}
