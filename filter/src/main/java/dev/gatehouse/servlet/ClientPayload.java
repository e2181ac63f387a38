package dev.gatehouse.servlet;

import dev.gatehouse.http.Payload;
import dev.gatehouse.http.PayloadTooLargeException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The client's body.
 *
 * <p>Most bodies are small and lie in the container's buffer when the head has been parsed: {@code available()} says so, and
 * then reading cannot block and needs no asynchronous cycle. Any other body comes through a {@code ReadListener}, so that a slow
 * upload holds no thread. The listener is called on whatever thread the container likes, in Undertow one that must never block:
 * the gateway goes on on a thread from {@code AsyncContext.start}.
 */
final class ClientPayload implements Payload {

    private final ServletCall call;
    private final HttpServletRequest request;
    private final AtomicBoolean taken = new AtomicBoolean();

    ClientPayload(ServletCall call, HttpServletRequest request) {
        this.call = call;
        this.request = request;
    }

    @Override
    public long declaredLength() {
        return request.getContentLengthLong();
    }

    @Override
    public CompletionStage<byte[]> read(int limit) {
        if (!taken.compareAndSet(false, true)) {
            return CompletableFuture.failedFuture(new IllegalStateException("the body was read already"));
        }
        if (declaredLength() > limit) {
            return CompletableFuture.failedFuture(new PayloadTooLargeException(limit));
        }
        if (declaredLength() == 0 || declaredLength() < 0 && hasNone()) {
            return CompletableFuture.completedFuture(new byte[0]);
        }
        try {
            ServletInputStream body = request.getInputStream();
            if (declaredLength() >= 0 && body.available() >= declaredLength()) {
                return CompletableFuture.completedFuture(readAll(body, limit));
            }
            AsyncContext cycle = call.mayWaitAsync() ? call.cycleHere() : null;
            if (cycle != null) {
                return listen(body, limit, cycle);
            }
            return call.inDispatch(dispatch -> blocking(limit));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** RFC 9112, section 6.3: a request without both has no body. Later versions of HTTP frame without headers. */
    private boolean hasNone() {
        return request.getProtocol().startsWith("HTTP/1.") && request.getHeader("Transfer-Encoding") == null;
    }

    private CompletionStage<byte[]> blocking(int limit) {
        try {
            return CompletableFuture.completedFuture(readAll(request.getInputStream(), limit));
        } catch (IOException | PayloadTooLargeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static byte[] readAll(ServletInputStream body, int limit) throws IOException {
        byte[] bytes = body.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw new PayloadTooLargeException(limit);
        }
        return bytes;
    }

    private static CompletionStage<byte[]> listen(ServletInputStream body, int limit, AsyncContext cycle) {
        CompletableFuture<byte[]> whole = new CompletableFuture<>();
        body.setReadListener(new Reader(body, limit, cycle, whole));
        return whole;
    }

    private static final class Reader implements ReadListener {

        private final ServletInputStream body;
        private final int limit;
        private final AsyncContext cycle;
        private final CompletableFuture<byte[]> whole;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        private final byte[] chunk = new byte[8192];

        Reader(ServletInputStream body, int limit, AsyncContext cycle, CompletableFuture<byte[]> whole) {
            this.body = body;
            this.limit = limit;
            this.cycle = cycle;
            this.whole = whole;
        }

        @Override
        public void onDataAvailable() throws IOException {
            while (!whole.isDone() && body.isReady() && !body.isFinished()) {
                int count = body.read(chunk);
                if (count < 0) {
                    return;
                }
                if (bytes.size() + count > limit) {
                    settle(() -> whole.completeExceptionally(new PayloadTooLargeException(limit)));
                    return;
                }
                bytes.write(chunk, 0, count);
            }
        }

        @Override
        public void onAllDataRead() {
            settle(() -> whole.complete(bytes.toByteArray()));
        }

        @Override
        public void onError(Throwable broken) {
            IOException gone = broken instanceof IOException io ? io : new IOException(broken);
            settle(() -> whole.completeExceptionally(gone));
        }

        private void settle(Runnable outcome) {
            try {
                cycle.start(outcome);
            } catch (RuntimeException ended) {
                outcome.run();
            }
        }
    }
}
