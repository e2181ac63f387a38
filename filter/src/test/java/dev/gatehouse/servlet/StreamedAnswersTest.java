package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.engine.lambda.StreamingFunction;
import dev.gatehouse.engine.lambda.StreamingLambda;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers that stream, the whole way over sockets: from a function of this process, from one behind a Lambda endpoint and from an HTTP
 * backend, through whatever container there is.
 */
@Timeout(120)
class StreamedAnswersTest {

    private static final byte[] HEAD =
            ("{\"statusCode\":201,\"headers\":{\"X-One\":\"1\"},\"cookies\":[\"a=1\",\"b=2\"]}" + "\0".repeat(8))
                    .getBytes(StandardCharsets.UTF_8);
    private static final byte[] PIECE = new byte[64 * 1024];

    /** Much more than the buffers of two connections, which is what a backend can be ahead of a client that does not read. */
    private static final long LARGE = 1024L * PIECE.length;

    private static final long AHEAD = LARGE / 2;

    enum Container {
        JETTY(JettyServer::new),
        TOMCAT(TomcatServer::new),
        UNDERTOW(UndertowServer::new);

        private final EmbeddedServer.Kind kind;

        Container(EmbeddedServer.Kind kind) {
            this.kind = kind;
        }
    }

    /** Who streams. */
    enum Source {
        HERE("/here"),
        ELSEWHERE("/elsewhere"),
        BACKEND("/backend");

        private final String path;

        Source(String path) {
            this.path = path;
        }
    }

    private interface Script {
        void write(OutputStream out) throws Exception;
    }

    private final AtomicLong written = new AtomicLong();
    private final CompletableFuture<Exception> cut = new CompletableFuture<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Script script;
    private StreamingLambda lambda;
    private HttpServer backend;
    private Gatehouse gateway;
    private EmbeddedServer server;

    @BeforeEach
    void startBackends() throws IOException {
        lambda = new StreamingLambda(events -> {
            OutputStream chunks = new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b});
                }

                @Override
                public void write(byte[] bytes) throws IOException {
                    events.chunk(bytes);
                }
            };
            if (run(chunks, true)) {
                events.complete();
            } else {
                events.fails("Unhandled", "the secret reason");
            }
        });
        backend = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        backend.setExecutor(threads);
        backend.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("X-One", "1");
            exchange.sendResponseHeaders(201, 0);
            if (run(exchange.getResponseBody(), false)) {
                exchange.close();
            } else {
                throw new IOException("breaks off");
            }
        });
        backend.start();
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
            gateway.close();
        }
        backend.stop(0);
        lambda.close();
        threads.shutdownNow();
    }

    /** @return whether the script came to its end */
    private boolean run(OutputStream out, boolean function) throws IOException {
        try {
            if (function) {
                out.write(HEAD);
            }
            script.write(out);
            return true;
        } catch (IOException e) {
            cut.complete(e);
            throw e;
        } catch (InterruptedException e) {
            cut.complete(e);
            throw new IOException(e);
        } catch (Exception e) {
            return false;
        }
    }

    private void here(byte[] payload, OutputStream answer) throws IOException {
        if (!run(answer, true)) {
            throw new IllegalStateException("the secret reason");
        }
    }

    private RawClient client(Container container) throws Exception {
        String configuration = """
                apis:
                  - {restApiId: api, body: api.yaml, stages: [{stageName: prod, servedAt: /}]}
                functions:
                  - {functionName: elsewhere, endpoint: "%s"}
                endpoints: {allow: [127.0.0.1]}
                """.formatted(lambda.uri());
        String function =
                "arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/%s/response-streaming-invocations";
        String document = """
                openapi: 3.0.1
                info: {title: streams, version: "1"}
                paths:
                  /here: {x-amazon-apigateway-any-method: {x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: "%s", responseTransferMode: STREAM}}}
                  /elsewhere: {x-amazon-apigateway-any-method: {x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: "%s", responseTransferMode: STREAM}}}
                  /backend: {x-amazon-apigateway-any-method: {x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: "http://127.0.0.1:%d/", responseTransferMode: STREAM}}}
                """.formatted(
                        function.formatted("here"),
                        function.formatted("elsewhere"),
                        backend.getAddress().getPort());
        Map<String, String> files = Map.of("gatehouse.yaml", configuration, "api.yaml", document);
        StreamingFunction here = (payload, answer, context) -> here(payload, answer);
        gateway = Gatehouse.builder()
                .configuration("gatehouse.yaml", name -> {
                    String text = files.get(name);
                    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
                })
                .function("here", () -> here, StreamingFunction.class, Duration.ofSeconds(60), 128)
                .build();
        server = container.kind.start(context -> {
            context.setAttribute("dev.gatehouse.Gatehouse", gateway);
            GatehouseFilter.register(context, "gatehouse", "/*");
            SampleApplication.install(context);
        });
        return new RawClient(server.port());
    }

    static List<Object[]> everyWay() {
        List<Object[]> ways = new ArrayList<>();
        for (Container container : Container.values()) {
            for (Source source : Source.values()) {
                ways.add(new Object[] {container, source});
            }
        }
        return ways;
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void whatIsWrittenArrivesBeforeTheRestIs(Container container, Source source) throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        script = out -> {
            out.write("first".getBytes(StandardCharsets.UTF_8));
            out.flush();
            goOn.await();
            out.write("second".getBytes(StandardCharsets.UTF_8));
        };
        try (RawClient client = client(container)) {
            List<String> head = head(client.request("GET", "/shop" + source.path, "\r\n"));
            assertThat(head.get(0)).startsWith("HTTP/1.1 201");
            assertThat(head).anyMatch(line -> line.equalsIgnoreCase("X-One: 1"));
            if (source != Source.BACKEND) {
                assertThat(head).contains("Set-Cookie: a=1", "Set-Cookie: b=2");
            }
            assertThat(client.chunk()).isEqualTo("first");
            goOn.countDown();
            assertThat(client.chunk()).isEqualTo("second");
            assertThat(client.chunk()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void aClientThatDoesNotReadHoldsTheBackendUp(Container container, Source source) throws Exception {
        script = out -> {
            for (long left = LARGE; left > 0; left -= PIECE.length) {
                out.write(PIECE);
                written.addAndGet(PIECE.length);
            }
        };
        try (RawClient client = client(container)) {
            head(client.request("GET", "/shop" + source.path, "\r\n"));
            awaitStandstill();

            assertThat(written.get()).as("bytes ahead of the client").isLessThan(AHEAD);
            long read = 0;
            for (String chunk = client.chunk(); !chunk.isEmpty(); chunk = client.chunk()) {
                read += chunk.length();
            }
            assertThat(read).isEqualTo(LARGE);
        }
    }

    /** Half a second without a byte more. */
    private void awaitStandstill() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        long last = -1;
        long since = System.nanoTime();
        while (last < PIECE.length || System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(500)) {
            assertThat(System.nanoTime())
                    .as("time until the backend stands still")
                    .isLessThan(deadline);
            if (written.get() != last) {
                last = written.get();
                since = System.nanoTime();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void aClientThatGoesAwayEndsTheCall(Container container, Source source) throws Exception {
        script = out -> {
            while (true) {
                out.write(PIECE);
            }
        };
        try (RawClient client = client(container)) {
            head(client.request("GET", "/shop" + source.path, "\r\n"));
            client.chunk();
        }
        assertThat(cut).succeedsWithin(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void whatBreaksOffDoesNotLookWhole(Container container, Source source) throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        script = out -> {
            out.write("half".getBytes(StandardCharsets.UTF_8));
            out.flush();
            goOn.await();
            throw new IllegalStateException();
        };
        try (RawClient client = client(container)) {
            head(client.request("GET", "/shop" + source.path, "\r\n"));
            assertThat(client.chunk()).isEqualTo("half");
            goOn.countDown();
            String rest;
            try {
                rest = client.rest();
            } catch (SocketException reset) {
                rest = "";
            }
            assertThat(rest).doesNotContain("0\r\n\r\n").doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void whoAsksForTheHeadEndsTheCall(Container container, Source source) throws Exception {
        script = out -> {
            while (true) {
                out.write(PIECE);
            }
        };
        try (RawClient client = client(container)) {
            RawClient.Answer head =
                    client.request("HEAD", "/shop" + source.path, "\r\n").read(true);
            assertThat(head.status()).isEqualTo(201);
            assertThat(head.header("X-One")).isEqualTo("1");
        }
        if (source != Source.BACKEND) { // which is asked by GET, whatever the client's verb
            assertThat(cut).succeedsWithin(30, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void afterAStreamTheConnectionServesTheNextCall(Container container) throws Exception {
        script = out -> out.write("all".getBytes(StandardCharsets.UTF_8));
        try (RawClient client = client(container)) {
            for (Source source : Source.values()) {
                assertThat(client.get("/shop" + source.path).body()).isEqualTo("all");
            }
        }
    }

    private static List<String> head(RawClient client) throws IOException {
        List<String> head = new ArrayList<>();
        for (String line = client.line(); !line.isEmpty(); line = client.line()) {
            head.add(line);
        }
        return head;
    }
}
