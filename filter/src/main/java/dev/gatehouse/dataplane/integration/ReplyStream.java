package dev.gatehouse.dataplane.integration;

import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendException.Reason;
import dev.gatehouse.http.BodyStream;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.StreamedReply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * One answer whose body is read when somebody asks for it, chunk by chunk. The future completes with the head, or with the reason why
 * there is none.
 */
final class ReplyStream implements Response.Listener, BodyStream {

    private final CompletableFuture<StreamedReply> reply;
    private final Runnable over;
    private final Function<Runnable, Scheduler.Task> alarm;
    private final Consumer<Throwable> abort;
    private final Scheduler.Task untilHead;
    private volatile Content.Source source;
    private boolean ended;

    /**
     * @param over called once, when the exchange has ended
     * @param alarm runs something when the backend has been silent for too long. Only while somebody waits for it: a backend that is made to
     *     wait by a slow client is not silent
     * @param abort ends the exchange
     */
    ReplyStream(
            CompletableFuture<StreamedReply> reply,
            Runnable over,
            Function<Runnable, Scheduler.Task> alarm,
            Consumer<Throwable> abort) {
        this.reply = reply;
        this.over = over;
        this.alarm = alarm;
        this.abort = abort;
        this.untilHead = alarm.apply(this::silent);
    }

    private void silent() {
        abort.accept(new BackendException(Reason.TIMEOUT, "the backend was silent for too long"));
    }

    @Override
    public void onBegin(Response begun) {
        if (begun.getStatus() < 200) {
            begun.abort(new BackendException(Reason.NETWORK, "unexpected interim answer " + begun.getStatus()));
        }
    }

    @Override
    public void onContentSource(Response begun, Content.Source content) {
        untilHead.cancel();
        source = content;
        Headers.Builder headers = Headers.builder();
        begun.getHeaders()
                .forEach(field -> headers.add(field.getName(), field.getValue() == null ? "" : field.getValue()));
        if (!reply.complete(new StreamedReply(begun.getStatus(), headers.build(), this))) {
            cancel();
        }
    }

    @Override
    public void onComplete(Result result) {
        untilHead.cancel();
        over.run();
        if (result.isFailed()) {
            reply.completeExceptionally(ReplyCollector.reason(result.getFailure()));
        }
    }

    @Override
    public CompletionStage<byte[]> next() {
        CompletableFuture<byte[]> next = new CompletableFuture<>();
        pull(next);
        return next;
    }

    private void pull(CompletableFuture<byte[]> next) {
        while (!ended) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                Scheduler.Task silence = alarm.apply(this::silent);
                source.demand(() -> {
                    silence.cancel();
                    pull(next);
                });
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                ended = true;
                next.completeExceptionally(ReplyCollector.reason(chunk.getFailure()));
                return;
            }
            byte[] bytes = new byte[chunk.remaining()];
            chunk.get(bytes, 0, bytes.length);
            ended = chunk.isLast();
            chunk.release();
            if (bytes.length > 0) {
                next.complete(bytes);
                return;
            }
        }
        next.complete(null);
    }

    @Override
    public void cancel() {
        if (source != null) {
            abort.accept(new BackendException(Reason.NETWORK, "nobody wants the rest of the answer"));
        }
    }
}
