package dev.gatehouse.engine.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * Lambda's InvokeWithResponseStream on loopback, as far as it streams. Its events are encoded by Amazon's library, and Amazon's client
 * understands it: {@link InvokeWithResponseStreamTest}.
 */
public final class StreamingLambda implements AutoCloseable {

    /** What a function does; what it throws breaks the connection. */
    @FunctionalInterface
    public interface Function {
        void answer(Events events) throws IOException;
    }

    /** @param headers by their names in lower case */
    public record Call(String method, URI uri, Map<String, List<String>> headers, String payload) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "streaming-lambda");
        thread.setDaemon(true);
        return thread;
    });
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

    /** Completes when the function cannot write any more, with how many bytes it had written. */
    public final CompletableFuture<Long> cut = new CompletableFuture<>();

    public StreamingLambda(Function function) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(exchange, function));
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Those that nobody has looked at yet. */
    public BlockingQueue<Call> calls() {
        return calls;
    }

    private void serve(HttpExchange exchange, Function function) throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), List.copyOf(values)));
        calls.add(new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.amazon.eventstream");
        exchange.getResponseHeaders().set("x-amzn-RequestId", "id-of-the-call");
        exchange.getResponseHeaders().set("X-Amz-Executed-Version", "$LATEST");
        exchange.sendResponseHeaders(200, 0);
        Events events = new Events(exchange.getResponseBody());
        try {
            function.answer(events);
            exchange.close();
        } catch (IOException | RuntimeException e) {
            cut.complete(events.written);
            throw e;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** What Lambda sends of a function. */
    public static final class Events {

        private final OutputStream out;
        private volatile long written;

        private Events(OutputStream out) {
            this.out = out;
        }

        public Events chunk(String payload) throws IOException {
            return chunk(payload.getBytes(StandardCharsets.UTF_8));
        }

        public Events chunk(byte[] payload) throws IOException {
            raw(encoded("PayloadChunk", payload));
            written += payload.length;
            return this;
        }

        public void complete() throws IOException {
            raw(encoded("InvokeComplete", "{}".getBytes(StandardCharsets.UTF_8)));
        }

        public void fails(String code, String details) throws IOException {
            String document = "{\"ErrorCode\":\"" + code + "\",\"ErrorDetails\":\"" + details + "\"}";
            raw(encoded("InvokeComplete", document.getBytes(StandardCharsets.UTF_8)));
        }

        public void raw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Payload bytes of all chunks so far. */
        public long written() {
            return written;
        }
    }

    static byte[] encoded(String type, byte[] payload) {
        Map<String, HeaderValue> headers = new LinkedHashMap<>();
        headers.put(":event-type", HeaderValue.fromString(type));
        headers.put(
                ":content-type",
                HeaderValue.fromString(type.equals("PayloadChunk") ? "application/octet-stream" : "application/json"));
        headers.put(":message-type", HeaderValue.fromString("event"));
        return message(headers, payload);
    }

    static byte[] message(Map<String, HeaderValue> headers, byte[] payload) {
        return new Message(headers, payload).toByteBuffer().array();
    }
}
