package dev.gatehouse.servlet;

import dev.gatehouse.http.BodyStream;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Passes a stream to the client within an asynchronous cycle. While the backend is silent no thread is held; what it has said is written
 * on a thread of the container, because a slow client may keep it, and only then the backend is asked for more.
 */
final class StreamedAnswer implements Runnable {

    private final BodyStream stream;
    private final OutputStream client;
    private final AsyncContext context;
    private final Consumer<Throwable> end;

    /** @param end called once, with null at the end of the stream, and with the reason where it breaks off */
    StreamedAnswer(BodyStream stream, OutputStream client, AsyncContext context, Consumer<Throwable> end) {
        this.stream = stream;
        this.client = client;
        this.context = context;
        this.end = end;
    }

    @Override
    public void run() {
        try {
            client.flush();
            CompletableFuture<byte[]> next = stream.next().toCompletableFuture();
            while (next.isDone()) {
                byte[] bytes = next.join();
                if (bytes == null) {
                    end.accept(null);
                    return;
                }
                client.write(bytes);
                next = stream.next().toCompletableFuture();
            }
            client.flush();
            next.whenComplete((bytes, failure) -> later(bytes, failure));
        } catch (CompletionException e) {
            end.accept(e.getCause());
        } catch (IOException | RuntimeException e) {
            stream.cancel();
            end.accept(e);
        }
    }

    /** The thread that brought the bytes is the backend's. */
    private void later(byte[] bytes, Throwable failure) {
        try {
            context.start(() -> took(bytes, failure));
        } catch (RuntimeException e) {
            stream.cancel();
            end.accept(e);
        }
    }

    private void took(byte[] bytes, Throwable failure) {
        if (failure != null) {
            end.accept(failure);
        } else if (bytes == null) {
            end.accept(null);
        } else {
            try {
                client.write(bytes);
            } catch (IOException | RuntimeException e) {
                stream.cancel();
                end.accept(e);
                return;
            }
            run();
        }
    }
}
