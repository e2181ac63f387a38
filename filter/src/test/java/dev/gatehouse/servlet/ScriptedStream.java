package dev.gatehouse.servlet;

import dev.gatehouse.http.BodyStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A body whose bits the test gives out, whether somebody has asked for them yet or not. */
final class ScriptedStream implements BodyStream {

    private final Queue<CompletableFuture<byte[]>> given = new ArrayDeque<>();
    private final Queue<CompletableFuture<byte[]>> asked = new ArrayDeque<>();
    final CompletableFuture<Void> cancelled = new CompletableFuture<>();

    ScriptedStream gives(String text) {
        turn(CompletableFuture.completedFuture(text.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    void ends() {
        turn(CompletableFuture.completedFuture(null));
    }

    void breaksOff() {
        turn(CompletableFuture.failedFuture(new IllegalStateException("the backend is gone")));
    }

    private void turn(CompletableFuture<byte[]> bit) {
        CompletableFuture<byte[]> waiting;
        synchronized (this) {
            waiting = asked.poll();
            if (waiting == null) {
                given.add(bit);
                return;
            }
        }
        bit.whenComplete((bytes, failure) -> {
            if (failure == null) {
                waiting.complete(bytes);
            } else {
                waiting.completeExceptionally(failure);
            }
        });
    }

    @Override
    public synchronized CompletionStage<byte[]> next() {
        if (!asked.isEmpty()) {
            throw new IllegalStateException("asked again before there was an answer");
        }
        CompletableFuture<byte[]> bit = given.poll();
        if (bit == null) {
            bit = new CompletableFuture<>();
            asked.add(bit);
        }
        return bit;
    }

    @Override
    public void cancel() {
        cancelled.complete(null);
    }
}
