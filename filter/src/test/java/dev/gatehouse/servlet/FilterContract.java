package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.PayloadTooLargeException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the filter promises, over a socket, in whatever container a subclass starts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class FilterContract {

    private final ScriptedGateway gateway = new ScriptedGateway();
    private EmbeddedServer server;

    abstract EmbeddedServer.Kind container();

    @BeforeAll
    void start() throws Exception {
        server = container().start(context -> {
            GatehouseFilter.register(
                    context, "gatehouse", new WitnessedFilter(new GatehouseFilter(gateway, 30_000)), "/*");
            SampleApplication.install(context);
        });
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
        assertThat(gateway.closed).isTrue();
    }

    private RawClient client() throws Exception {
        return new RawClient(server.port());
    }

    private RawClient.Answer get(String target, String... headers) throws Exception {
        try (RawClient client = client()) {
            return client.get("/shop" + target, headers);
        }
    }

    private RawClient.Answer post(String target, String body, String... headers) throws Exception {
        try (RawClient client = client()) {
            return client.post("/shop" + target, body, headers);
        }
    }

    // ---- adapting and answering

    @Test
    void gatewaySeesTheRequestAsTheClientSentIt() throws Exception {
        AtomicReference<GatewayRequest> seen = new AtomicReference<>();
        gateway.behaviour = request -> {
            seen.set(request);
            return CompletableFuture.completedFuture(ScriptedGateway.text(200, "ok"));
        };

        get("/a%20b/%C3%BC?x=%20&y", "X-Odd-Name: one", "X-Odd-Name: two");

        GatewayRequest request = seen.get();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/a%20b/%C3%BC");
        assertThat(request.query()).isEqualTo("x=%20&y");
        assertThat(request.host()).isEqualTo("api.example.com");
        assertThat(request.headers().all("X-Odd-Name")).containsExactly("one", "two");
        assertThat(request.client().sourceIp()).isEqualTo("127.0.0.1");
        assertThat(request.client().protocol()).isEqualTo("HTTP/1.1");
        assertThat(request.client().scheme()).isEqualTo("http");
    }

    @Test
    void answerIsWrittenWithItsHeadersAndLength() throws Exception {
        gateway.behaviour = request -> CompletableFuture.completedFuture(ScriptedGateway.text(
                429,
                "slow down",
                "Content-Type",
                "text/plain",
                "X-Many",
                "a",
                "X-Many",
                "b",
                "Content-Length",
                "999",
                "Date",
                "Thu, 01 Jan 1970 00:00:00 GMT"));

        RawClient.Answer answer = get("/any");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.body()).isEqualTo("slow down");
        assertThat(answer.header("X-Many")).isEqualTo("a,b");
        assertThat(answer.header("Content-Length")).isEqualTo("9");
        assertThat(answer.header("Date")).isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
    }

    @Test
    void answerAfterAWaitIsTheSame() throws Exception {
        gateway.behaviour = request -> ScriptedGateway.later(ScriptedGateway.text(403, "no", "X-Why", "because"));

        RawClient.Answer answer = get("/any");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("X-Why")).isEqualTo("because");
        assertThat(answer.body()).isEqualTo("no");
    }

    @Test
    void headGetsTheLengthOfABodyButNoBody() throws Exception {
        gateway.behaviour = request -> CompletableFuture.completedFuture(ScriptedGateway.text(200, "12345"));
        try (RawClient client = client()) {
            RawClient.Answer answer =
                    client.request("HEAD", "/shop/any", "\r\n").read(true);
            assertThat(answer.header("Content-Length")).isEqualTo("5");
            assertThat(client.get("/shop/any").body()).isEqualTo("12345");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void statusWithoutBodySendsNone(int status) throws Exception {
        gateway.behaviour = request -> CompletableFuture.completedFuture(ScriptedGateway.text(status, "not sent"));
        try (RawClient client = client()) {
            assertThat(client.get("/shop/any").status()).isEqualTo(status);
            assertThat(client.get("/shop/any").status()).isEqualTo(status);
        }
    }

    @Test
    void lineBreakInAHeaderIsNotSentButAnswered500() throws Exception {
        gateway.behaviour = request ->
                CompletableFuture.completedFuture(ScriptedGateway.text(200, "", "X-Split", "a\r\nSet-Cookie: b=c"));

        RawClient.Answer answer = get("/any");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("Set-Cookie")).isNull();
        assertThat(answer.body()).isEqualTo("{\"message\": \"Internal server error\"}");
    }

    @Test
    void wideCharacterInAHeaderCannotBecomeALineBreak() throws Exception {
        gateway.behaviour = request -> CompletableFuture.completedFuture(
                ScriptedGateway.text(200, "", "X-Split", "a\u010d\u010aSet-Cookie: b=c"));

        RawClient.Answer answer = get("/any");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Set-Cookie")).isNull();
    }

    @Test
    void informationalStatusCannotEndAnExchange() throws Exception {
        gateway.behaviour = request -> CompletableFuture.completedFuture(ScriptedGateway.text(103, ""));
        assertThat(get("/any").status()).isEqualTo(500);
    }

    @Test
    void gatewayThatFailsIsAnswered500() throws Exception {
        gateway.behaviour = request -> CompletableFuture.failedFuture(new IllegalStateException("broken"));
        assertThat(get("/any").status()).isEqualTo(500);
        gateway.behaviour = request -> {
            throw new IllegalStateException("broken");
        };
        assertThat(get("/any").status()).isEqualTo(500);
    }

    @Test
    void twoHostsAreOneTooMany() throws Exception {
        gateway.behaviour = request -> CompletableFuture.completedFuture(ScriptedGateway.text(200, "served"));
        assertThat(get("/any", "Host: other.example.com").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/shop/x/../../shop/admin",
                "/x/../shop/admin",
                "/shop;a=1/admin",
                "/./shop/admin",
                "//shop/admin",
                "/%73hop/admin"
            })
    void oddWayIntoTheContextIsNeverServedAsSomethingElse(String target) throws Exception {
        gateway.behaviour = ScriptedGateway::stream;
        int before = SampleApplication.ENTERED.get();
        try (RawClient client = client()) {
            assertThat(client.get(target).status()).isIn(400, 404);
        }
        assertThat(SampleApplication.ENTERED.get()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/echo/..;/admin",
                "/echo/%2e%2e/admin",
                "/echo;x=1/admin",
                "/echo/a%2Fb",
                "/echo/a%5Cb",
                "/echo/%61dmin",
                "/echo//admin",
                "/echo/a%00b",
                "/echo/a%0ab",
                "/echo/%c0%af"
            })
    void pathThatTheApplicationWouldReadOtherwiseNeverReachesIt(String target) throws Exception {
        int before = SampleApplication.ENTERED.get();
        gateway.behaviour = ScriptedGateway::stream;
        assertThat(get(target).status()).isEqualTo(400);
        gateway.behaviour = request -> request.downstream().pass();
        assertThat(get(target).status()).isEqualTo(400);
        gateway.behaviour = request -> ScriptedGateway.exchange(request, ScriptedGateway.same(request));
        assertThat(get(target).status()).isEqualTo(400);
        assertThat(SampleApplication.ENTERED.get()).isEqualTo(before);
    }

    // ---- framing: the container's part, but the gateway must never see what was smuggled

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 60\r\n\r\n0\r\n\r\n",
                "Content-Length: 0\r\nContent-Length: 60\r\n\r\n",
                "Content-Length: +0\r\n\r\n",
                "Content-Length: 0,0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "X-Fold: a\r\n b\r\nContent-Length: 0\r\n\r\n",
                "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
                "Content-Length:\r\n 0\r\n\r\n",
                "X-Fold: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0;a=b\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n1;a=\"\r\n\"\r\nx\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n1;\nx\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0\n\n",
                "Transfer-Encoding: chunked\r\n\r\n0\r\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n1\r\nxx\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n 0\r\n\r\n"
            })
    void ambiguousFramingSmugglesNothing(String rest) throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        gateway.behaviour = request -> {
            seen.add(request.path());
            return readAndAnswer(request);
        };
        try (RawClient client = client()) {
            client.request(
                    "POST", "/shop/outer", rest + "GET /shop/smuggled HTTP/1.1\r\nHost: evil.example.com\r\n\r\n");
            int first = status(client);
            if (first == 200 && status(client) == 200) {
                // one of two readings of the framing was chosen, and then the rest is an honest second request
                assertThat(seen).containsExactly("/outer", "/smuggled");
            } else {
                assertThat(first).isIn(200, 400, 413, 500, 501, CLOSED);
                assertThat(status(client)).isEqualTo(CLOSED);
                assertThat(seen).doesNotContain("/smuggled");
            }
        }
    }

    private static final int CLOSED = -1;

    private static int status(RawClient client) {
        try {
            return client.read(false).status();
        } catch (IOException closed) {
            return CLOSED;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-api-key: secret",
                "Authorization: secret",
                "X-Amz-Date: 20260203T120000Z",
                "Content-Length: 3",
                "Host: other.example.com"
            })
    void trailersAreNoHeaders(String trailer) throws Exception {
        String name = trailer.substring(0, trailer.indexOf(':'));
        AtomicReference<Headers> seen = new AtomicReference<>();
        gateway.behaviour = request -> request.payload().read(100).thenApply(bytes -> {
            seen.set(request.headers());
            return ScriptedGateway.text(200, "ok");
        });
        try (RawClient client = client()) {
            client.request(
                    "POST",
                    "/shop/any",
                    "Transfer-Encoding: chunked\r\nTrailer: " + name + "\r\n\r\n0\r\n" + trailer + "\r\n\r\n");
            assertThat(status(client)).isIn(200, 400, CLOSED);
        }
        // a container may well refuse a trailer that must not be one; if it does not, nobody reads it
        if (seen.get() != null) {
            assertThat(seen.get().all(name)).isEqualTo(name.equals("Host") ? List.of("api.example.com") : List.of());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "long", "cookies"})
    void tooManyHeadersAreRefusedByTheContainer(String kind) throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        gateway.behaviour = request -> {
            seen.add(request.path());
            return CompletableFuture.completedFuture(ScriptedGateway.text(200, "ok"));
        };
        String lines = switch (kind) {
            case "many" ->
                IntStream.range(0, 60_000)
                        .mapToObj(i -> "X-" + i + ": 1234567890\r\n")
                        .collect(Collectors.joining());
            case "long" -> "X-Long: " + "x".repeat(1 << 20) + "\r\n";
            default -> "Cookie: " + "crumb=1234567890; ".repeat(60_000) + "\r\n";
        };
        try (RawClient client = client()) {
            try {
                client.request("GET", "/shop/any", lines + "\r\n");
                assertThat(client.read(false).status()).isIn(400, 431);
            } catch (IOException closed) {
                // a container may hang up while the client is still writing
                assertThat(seen).isEmpty();
            }
        }
        assertThat(seen).isEmpty();
    }

    // ---- waiting

    @Test
    void waitingCallsHoldNoThread() throws Exception {
        int calls = 300;
        CountDownLatch arrived = new CountDownLatch(calls);
        CompletableFuture<GatewayResponse> backend = new CompletableFuture<>();
        gateway.behaviour = request -> {
            arrived.countDown();
            return backend;
        };
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < calls; i++) {
                clients.add(client().request("GET", "/shop/slow", "\r\n"));
            }
            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
            backend.complete(ScriptedGateway.text(200, "at last"));
            for (RawClient client : clients) {
                assertThat(client.read(false).body()).isEqualTo("at last");
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void manyCallsThatWaitAndThenEnterTheApplicationAllFinish() throws Exception {
        int calls = 100;
        CountDownLatch arrived = new CountDownLatch(calls);
        CompletableFuture<Void> authorized = new CompletableFuture<>();
        gateway.behaviour = request -> {
            arrived.countDown();
            return authorized.thenComposeAsync(nothing -> ScriptedGateway.stream(request));
        };
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < calls; i++) {
                clients.add(client().request("GET", "/shop/echo/" + i, "\r\n"));
            }
            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
            authorized.complete(null);
            for (int i = 0; i < calls; i++) {
                assertThat(clients.get(i).read(false).body()).contains("pathInfo /" + i + "\n");
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void clientThatLeavesWhileTheGatewayWaitsDoesNoHarm() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CompletableFuture<GatewayResponse> backend = new CompletableFuture<>();
        gateway.behaviour = request -> {
            arrived.countDown();
            return backend;
        };
        try (RawClient client = client()) {
            client.request("GET", "/shop/slow", "\r\n");
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
        }
        backend.complete(ScriptedGateway.text(200, "nobody hears this"));
        gateway.behaviour = request -> CompletableFuture.completedFuture(ScriptedGateway.text(200, "next"));
        assertThat(get("/any").body()).isEqualTo("next");
    }

    // ---- answers that stream

    private static GatewayResponse streaming(ScriptedStream stream) {
        return new GatewayResponse(200, Headers.of("X-Streams", "yes"), new GatewayResponse.Body.Stream(stream));
    }

    private CompletionStage<GatewayResponse> streaming(ScriptedStream stream, boolean waits) {
        return waits ? ScriptedGateway.later(streaming(stream)) : CompletableFuture.completedFuture(streaming(stream));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatABackendHasSaidLeavesBeforeItHasFinished(boolean waits) throws Exception {
        ScriptedStream stream = new ScriptedStream();
        gateway.behaviour = request -> streaming(stream, waits);
        try (RawClient client = client()) {
            client.request("GET", "/shop/any", "\r\n");
            List<String> head = new ArrayList<>();
            for (String line = client.line(); !line.isEmpty(); line = client.line()) {
                head.add(line);
            }
            assertThat(head).contains("X-Streams: yes");
            stream.gives("first");
            assertThat(client.chunk()).isEqualTo("first");
            stream.gives("second");
            assertThat(client.chunk()).isEqualTo("second");
            stream.ends();
            assertThat(client.chunk()).isEmpty();
            gateway.behaviour = request -> CompletableFuture.completedFuture(ScriptedGateway.text(200, "next"));
            assertThat(client.get("/shop/any").body()).isEqualTo("next");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerThatBreaksOffDoesNotLookWhole(boolean waits) throws Exception {
        ScriptedStream stream = new ScriptedStream().gives("first");
        gateway.behaviour = request -> streaming(stream, waits);
        try (RawClient client = client()) {
            client.request("GET", "/shop/any", "\r\n");
            for (String line = client.line(); !line.isEmpty(); ) {
                line = client.line();
            }
            assertThat(client.chunk()).isEqualTo("first");
            stream.breaksOff();
            assertThat(rest(client)).doesNotContain("0\r\n\r\n");
        }
    }

    /** A connection that nobody ends is no answer: that a read takes too long is not caught. */
    private static String rest(RawClient client) throws IOException {
        try {
            return client.rest();
        } catch (SocketException reset) {
            return "";
        }
    }

    @Test
    void streamsThatAreSilentHoldNoThread() throws Exception {
        int calls = 300;
        CountDownLatch arrived = new CountDownLatch(calls);
        List<ScriptedStream> streams = new CopyOnWriteArrayList<>();
        gateway.behaviour = request -> {
            ScriptedStream stream = new ScriptedStream().gives("first");
            streams.add(stream);
            arrived.countDown();
            return CompletableFuture.completedFuture(streaming(stream));
        };
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < calls; i++) {
                clients.add(client().request("GET", "/shop/slow", "\r\n"));
            }
            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
            streams.forEach(stream -> stream.gives("last").ends());
            for (RawClient client : clients) {
                assertThat(client.read(false).body()).isEqualTo("firstlast");
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aLargeStreamComesWhole() throws Exception {
        ScriptedStream stream = new ScriptedStream();
        for (int i = 0; i < 120; i++) {
            stream.gives("x".repeat(100_000));
        }
        stream.ends();
        gateway.behaviour = request -> CompletableFuture.completedFuture(streaming(stream));

        assertThat(get("/any").body()).hasSize(12_000_000);
    }

    @Test
    void whoAsksForTheHeadGetsNoStream() throws Exception {
        ScriptedStream stream = new ScriptedStream().gives("never");
        gateway.behaviour = request -> CompletableFuture.completedFuture(streaming(stream));
        try (RawClient client = client()) {
            assertThat(client.request("HEAD", "/shop/any", "\r\n").read(true).header("X-Streams"))
                    .isEqualTo("yes");
        }
        assertThat(stream.cancelled).succeedsWithin(20, TimeUnit.SECONDS);
    }

    // ---- the body

    private CompletionStage<GatewayResponse> readAndAnswer(GatewayRequest request) {
        return request.payload().read(100_000).handle((bytes, broken) -> {
            if (broken == null) {
                return GatewayResponse.of(200, Headers.EMPTY, bytes);
            }
            return ScriptedGateway.text(broken instanceof PayloadTooLargeException ? 413 : 500, broken.toString());
        });
    }

    @Test
    void bodyIsReadWhole() throws Exception {
        gateway.behaviour = this::readAndAnswer;
        assertThat(post("/any", "hello").body()).isEqualTo("hello");
        assertThat(post("/any", "").body()).isEmpty();
        assertThat(get("/any").body()).isEmpty();
        String large = "x".repeat(100_000);
        assertThat(post("/any", large).body()).isEqualTo(large);
    }

    @Test
    void bodyThatComesSlowlyHoldsNoThread() throws Exception {
        int calls = 3 * EmbeddedServer.THREADS;
        CountDownLatch arrived = new CountDownLatch(calls);
        gateway.behaviour = request -> {
            CompletionStage<GatewayResponse> answer = readAndAnswer(request);
            arrived.countDown();
            return answer;
        };
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < calls; i++) {
                clients.add(client().request("POST", "/shop/any", "Content-Length: 10\r\n\r\nhello"));
            }
            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
            for (RawClient client : clients) {
                client.send("world");
                assertThat(client.read(false).body()).isEqualTo("helloworld");
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void chunkedBodyIsReadWhole() throws Exception {
        gateway.behaviour = this::readAndAnswer;
        try (RawClient client = client()) {
            client.request("POST", "/shop/any", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            client.send("5\r\nworld\r\n0\r\n\r\n");
            assertThat(client.read(false).body()).isEqualTo("helloworld");
        }
    }

    @Test
    void bodyOverTheLimitIsRefusedByItsDeclaredLength() throws Exception {
        gateway.behaviour = this::readAndAnswer;
        try (RawClient client = client()) {
            client.request("POST", "/shop/any", "Content-Length: 100001\r\n\r\n");
            assertThat(client.read(false).status()).isEqualTo(413);
        }
    }

    @Test
    void bodyOverTheLimitIsRefusedWhileItComes() throws Exception {
        gateway.behaviour = this::readAndAnswer;
        try (RawClient client = client()) {
            client.request("POST", "/shop/any", "Transfer-Encoding: chunked\r\n\r\n");
            client.send(Integer.toHexString(100_001) + "\r\n" + "x".repeat(100_001) + "\r\n");
            assertThat(client.read(false).status()).isEqualTo(413);
        }
    }

    @Test
    void bodyCanBeReadAfterAWait() throws Exception {
        gateway.behaviour = request -> ScriptedGateway.later("go").thenCompose(go -> readAndAnswer(request));
        assertThat(post("/any", "hello").body()).isEqualTo("hello");
        try (RawClient client = client()) {
            CountDownLatch arrived = new CountDownLatch(1);
            gateway.behaviour = request -> ScriptedGateway.later("go").thenCompose(go -> {
                CompletionStage<GatewayResponse> answer = readAndAnswer(request);
                arrived.countDown();
                return answer;
            });
            client.request("POST", "/shop/any", "Content-Length: 10\r\n\r\nhello");
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            client.send("world");
            assertThat(client.read(false).body()).isEqualTo("helloworld");
        }
    }

    @Test
    void refusalBeforeTheBodyLeavesNothingInThePipe() throws Exception {
        gateway.behaviour = request -> CompletableFuture.completedFuture(ScriptedGateway.text(403, "no"));
        try (RawClient client = client()) {
            client.request("POST", "/shop/any", "Expect: 100-continue\r\nContent-Length: 40\r\n\r\n");
            RawClient.Answer answer = client.read(false);
            assertThat(answer.status()).isEqualTo(403);
            if (!"close".equals(answer.header("Connection"))) {
                client.send("GET /shop/smuggled HTTP/1.1\r\nHost: x.y\r\n\r\n".substring(0, 40));
                assertThat(client.get("/shop/any").status()).isEqualTo(403);
            }
        }
    }

    // ---- the application answers the client

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void applicationSeesTheGatewaysCall(boolean waits) throws Exception {
        gateway.behaviour = maybeLater(
                waits,
                request -> request.downstream().stream(
                        ScriptedGateway.CONTEXT,
                        ScriptedGateway.call(
                                "PUT", "/echo/x%20y?a=1&b=2", Headers.of("X-New", "1", "Cookie", "k=v"), ""),
                        headers -> headers));

        RawClient.Answer answer = post("/echo/x%20y?old=1", "the body", "X-Old: 1");

        assertThat(answer.body())
                .contains("method PUT\n", "uri /shop/echo/x%20y\n", "query a=1&b=2\n", "header X-New=[1]\n")
                .contains("header Host=[api.example.com]\n", "length 8\n", "cookies 1\n", "body the body\n")
                .contains("servletPath /echo pathInfo /x y\n", "requestId=id-1", "hidden []")
                .contains("dispatcher " + (waits ? "ASYNC" : "REQUEST") + "\n")
                .doesNotContain("X-Old");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void otherPathIsForwardedTo(boolean waits) throws Exception {
        gateway.behaviour = maybeLater(
                waits,
                request -> request.downstream().stream(
                        ScriptedGateway.CONTEXT,
                        ScriptedGateway.call("POST", "/echo/in%20side?a=1", request.headers(), ""),
                        headers -> headers.with("X-Gateway", "yes")));

        RawClient.Answer answer = post("/outside?old=1", "the body");

        assertThat(answer.header("X-Gateway")).isEqualTo("yes");
        assertThat(answer.body())
                .contains("method POST\n", "uri /shop/echo/in%20side\n", "query a=1\n", "body the body\n")
                .contains("servletPath /echo pathInfo /in side\n", "dispatcher FORWARD\n");
    }

    private static java.util.function.Function<GatewayRequest, CompletionStage<GatewayResponse>> maybeLater(
            boolean waits, java.util.function.Function<GatewayRequest, CompletionStage<GatewayResponse>> then) {
        return request -> waits ? ScriptedGateway.later(request).thenCompose(then) : then.apply(request);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gatewayHasItsSayOnTheHeadOfAStreamedAnswer(boolean waits) throws Exception {
        CompletableFuture<GatewayResponse> told = new CompletableFuture<>();
        gateway.behaviour = maybeLater(
                waits,
                request -> ScriptedGateway.stream(
                                request,
                                headers -> headers.toBuilder()
                                        .remove("Server")
                                        .add("x-amzn-Remapped-Server", headers.first("Server"))
                                        .add("x-amzn-RequestId", "id-1")
                                        .build())
                        .whenComplete((answer, broken) -> told.complete(answer)));

        RawClient.Answer answer = get("/head");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("x-amzn-Remapped-Server")).isEqualTo("the application");
        assertThat(answer.header("Server")).isNotEqualTo("the application");
        assertThat(answer.header("x-amzn-RequestId")).isEqualTo("id-1");
        assertThat(answer.header("X-Many")).isEqualTo("one,two");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Set-Cookie")).startsWith("basket=b1;").contains("Path=/", "Max-Age=60", "HttpOnly");
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(told.get(20, TimeUnit.SECONDS).status()).isEqualTo(201);
        assertThat(told.get(20, TimeUnit.SECONDS).body()).isEqualTo(new GatewayResponse.Body.Sent(2));
        assertThat(told.get(20, TimeUnit.SECONDS).headers().first("x-amzn-RequestId"))
                .isEqualTo("id-1");
    }

    @Test
    void headerSetAfterAFewBytesStillCounts() throws Exception {
        gateway.behaviour = ScriptedGateway::stream;
        assertThat(get("/late-header").header("X-Late")).isEqualTo("yes");
    }

    @Test
    void whatTheApplicationFlushesLeavesAtOnce() throws Exception {
        gateway.behaviour = ScriptedGateway::stream;
        try (RawClient client = client()) {
            client.request("GET", "/shop/trickle", "\r\n");
            for (String line = client.line(); !line.isEmpty(); ) {
                line = client.line();
            }
            assertThat(client.chunk()).isEqualTo("first");
            SampleApplication.GO_ON.release();
            assertThat(client.chunk()).isEqualTo("second");
        }
    }

    @Test
    void largeAnswerStreamsWhole() throws Exception {
        gateway.behaviour = ScriptedGateway::stream;
        assertThat(get("/big?blocks=120").body()).hasSize(12_000_000);
    }

    @Test
    void statusWithoutBodyComesThrough() throws Exception {
        gateway.behaviour = ScriptedGateway::stream;
        RawClient.Answer answer = get("/teapot");
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.header("Content-Length")).isEqualTo("0");
    }

    @Test
    void errorPageKeepsTheGatewaysHeaders() throws Exception {
        gateway.behaviour = request -> ScriptedGateway.stream(request, headers -> headers.with("X-Gateway", "yes"));
        RawClient.Answer answer = get("/missing");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("X-Gateway")).isEqualTo("yes");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void exceptionOfTheApplicationIsTheContainersToAnswer(boolean waits) throws Exception {
        CompletableFuture<GatewayResponse> told = new CompletableFuture<>();
        gateway.behaviour = maybeLater(
                waits,
                request -> ScriptedGateway.stream(request).whenComplete((answer, broken) -> told.complete(answer)));
        assertThat(get("/broken").status()).isEqualTo(500);
        assertThat(told.get(20, TimeUnit.SECONDS).status()).isEqualTo(500);
    }

    @Test
    void redirectIsRelativeToWhatTheApplicationWasAskedFor() throws Exception {
        gateway.behaviour = ScriptedGateway::stream;
        RawClient.Answer answer = get("/redirect");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("http://api.example.com/shop/echo/there");
    }

    @Test
    void formFieldsComeFromTheBodyAndTheNewQuery() throws Exception {
        gateway.behaviour = request -> request.downstream().stream(
                ScriptedGateway.CONTEXT,
                ScriptedGateway.call("POST", "/form?a=new", request.headers(), ""),
                headers -> headers);
        RawClient.Answer answer = post(
                "/form?a=old&b=old",
                "a=body&c=%C3%BC+d",
                "Content-Type: application/x-www-form-urlencoded;charset=UTF-8");
        assertThat(answer.body()).isEqualTo("a=[new, body]\r\nc=[\u00fc d]\r\n");
    }

    @Test
    void partsOfAStreamedBodyAreTheContainers() throws Exception {
        gateway.behaviour = ScriptedGateway::stream;
        assertThat(post("/parts", MULTIPART, "Content-Type: multipart/form-data; boundary=xx")
                        .body())
                .isEqualTo(PARTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/async", "/async-own"})
    void applicationMayAnswerInItsOwnTime(String target) throws Exception {
        for (boolean waits : new boolean[] {false, true}) {
            CompletableFuture<GatewayResponse> told = new CompletableFuture<>();
            gateway.behaviour = maybeLater(
                    waits,
                    request -> ScriptedGateway.stream(request, headers -> headers.with("X-Gateway", "yes"))
                            .whenComplete((answer, broken) -> told.complete(answer)));
            RawClient.Answer answer = get(target);
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.header("X-Gateway")).isEqualTo("yes");
            assertThat(answer.header("X-Async")).isEqualTo("yes");
            assertThat(answer.body()).isEqualTo("later GET");
            assertThat(told.get(20, TimeUnit.SECONDS).status()).isEqualTo(202);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void applicationMayDispatchItself(boolean waits) throws Exception {
        gateway.behaviour = maybeLater(
                waits, request -> ScriptedGateway.stream(request, headers -> headers.with("X-Gateway", "yes")));
        RawClient.Answer answer = get("/async-dispatch");
        assertThat(answer.body()).isEqualTo("dispatched GET");
        assertThat(answer.header("X-Gateway")).isEqualTo("yes");
        assertThat(answer.header("X-Async")).isEqualTo("yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/async", "/async-own", "/async-dispatch", "/async-at-once", "/async-timeout", "/nio"})
    void forwardedToApplicationMayAnswerInItsOwnTime(String target) throws Exception {
        for (boolean waits : new boolean[] {false, true}) {
            gateway.behaviour = maybeLater(
                    waits,
                    request -> request.downstream().stream(
                            ScriptedGateway.CONTEXT,
                            ScriptedGateway.call("PUT", target, Headers.EMPTY, ""),
                            headers -> headers.with("X-Gateway", "yes")));
            RawClient.Answer answer = post("/outside", "body");
            assertThat(answer.header("X-Gateway")).as(target).isEqualTo("yes");
            assertThat(answer.body()).isIn("later PUT", "dispatched PUT", "at once", "too slow", "body");
        }
    }

    @Test
    void applicationMayCompleteBeforeItReturns() throws Exception {
        gateway.behaviour = ScriptedGateway::stream;
        assertThat(get("/async-at-once").body()).isEqualTo("at once");
        gateway.behaviour =
                request -> ScriptedGateway.stream(request).thenCompose(answer -> ScriptedGateway.later(answer));
        assertThat(get("/async-at-once").body()).isEqualTo("at once");
    }

    @Test
    void applicationsOwnTimeoutIsItsOwn() throws Exception {
        gateway.behaviour = request -> ScriptedGateway.stream(request, headers -> headers.with("X-Gateway", "yes"));
        RawClient.Answer answer = get("/async-timeout");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("too slow");
        assertThat(answer.header("X-Gateway")).isEqualTo("yes");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void applicationMayReadAndWriteWithListeners(boolean waits) throws Exception {
        gateway.behaviour = maybeLater(
                waits, request -> ScriptedGateway.stream(request, headers -> headers.with("X-Gateway", "yes")));
        String body = "0123456789".repeat(20_000);
        RawClient.Answer answer = post("/nio", body);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.header("X-Gateway")).isEqualTo("yes");
    }

    @Test
    void forwardWithinTheApplicationDoesNotAskTheGatewayAgain() throws Exception {
        List<String> asked = new ArrayList<>();
        gateway.behaviour = request -> {
            asked.add(request.path());
            return ScriptedGateway.stream(request);
        };
        assertThat(get("/forward").body()).contains("dispatcher FORWARD\n", "pathInfo /forwarded\n");
        assertThat(asked).containsExactly("/forward");
    }

    // ---- the application answers the gateway

    private static final String MULTIPART = "--xx\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nBooks\r\n"
            + "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
            + "Content-Type: text/plain\r\n\r\nline 1\r\nline 2\r\n--xx--\r\n";

    private static final String PARTS = "title null Books\r\nfile a.txt line 1\r\nline 2\r\ntitle=Books\r\n";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void applicationGetsTheGatewaysBody(boolean waits) throws Exception {
        gateway.behaviour = maybeLater(
                waits,
                request -> request.payload()
                        .read(1000)
                        .thenCompose(bytes -> ScriptedGateway.exchange(
                                request,
                                ScriptedGateway.call(
                                        "POST",
                                        "/echo/in%20side?a=1",
                                        Headers.of("Content-Type", "application/json"),
                                        "new " + new String(bytes, StandardCharsets.UTF_8)))));

        RawClient.Answer answer = post("/outside?old=1", "body", "X-Old: 1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/plain;charset=UTF-8");
        assertThat(answer.body())
                .contains("method POST\n", "query a=1\n", "length 8\n", "body new body\n", "requestId=id-1")
                .contains("header Content-Length=[8]\n", "header Content-Type=[application/json]\n")
                .contains("servletPath /echo pathInfo /in side\n")
                .doesNotContain("X-Old");
    }

    @Test
    void slowBodyThenExchangeOnTheSamePath() throws Exception {
        gateway.behaviour = request -> request.payload()
                .read(1000)
                .thenCompose(bytes -> ScriptedGateway.exchange(
                        request,
                        ScriptedGateway.call(
                                "POST", request.path(), Headers.EMPTY, new String(bytes, StandardCharsets.UTF_8))));
        try (RawClient client = client()) {
            client.request("POST", "/shop/echo/x", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            client.send("0\r\n\r\n");
            assertThat(client.read(false).body()).contains("body hello\n", "dispatcher ASYNC\n");
        }
    }

    private RawClient.Answer exchange(String method, String target, Headers headers, String body) throws Exception {
        gateway.behaviour =
                request -> ScriptedGateway.exchange(request, ScriptedGateway.call(method, target, headers, body));
        return get("/outside");
    }

    @Test
    void replacedBodyServesReaderFormAndParts() throws Exception {
        assertThat(exchange("POST", "/reader", Headers.of("Content-Type", "text/plain;charset=UTF-8"), "\u00fcber")
                        .body())
                .isEqualTo("\u00c3\u00bcber");
        assertThat(exchange(
                                "POST",
                                "/form?a=q",
                                Headers.of("Content-Type", "application/x-www-form-urlencoded"),
                                "a=b&c=d+e")
                        .body())
                .isEqualTo("a=[q, b]\r\nc=[d e]\r\n");
        assertThat(exchange("POST", "/parts", Headers.of("Content-Type", "multipart/form-data; boundary=xx"), MULTIPART)
                        .body())
                .isEqualTo(PARTS);
    }

    @Test
    void collectedAnswerHasStatusHeadersAndBody() throws Exception {
        RawClient.Answer answer = exchange("GET", "/head", Headers.EMPTY, "");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("X-Many")).isEqualTo("one,two");
        assertThat(answer.header("Set-Cookie")).startsWith("basket=b1;");
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(exchange("GET", "/missing", Headers.EMPTY, "").status()).isEqualTo(404);
        assertThat(exchange("GET", "/teapot", Headers.EMPTY, "").status()).isEqualTo(418);
        assertThat(exchange("GET", "/redirect", Headers.EMPTY, "").header("Location"))
                .isEqualTo("http://api.example.com/shop/echo/there");
    }

    @Test
    void exceptionOfTheApplicationIsTheGatewaysToAnswer() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        gateway.behaviour =
                request -> ScriptedGateway.exchange(request, ScriptedGateway.call("GET", "/broken", Headers.EMPTY, ""))
                        .exceptionally(broken -> {
                            thrown.set(broken);
                            return ScriptedGateway.text(504, "gateway");
                        });
        assertThat(get("/outside").body()).isEqualTo("gateway");
        assertThat(thrown.get()).hasRootCauseMessage("the application is broken");
    }

    @Test
    void answerOverTenMegabytesIsNotCollected() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        gateway.behaviour = request -> ScriptedGateway.exchange(
                        request, ScriptedGateway.call("GET", "/big?blocks=105", Headers.EMPTY, ""))
                .exceptionally(broken -> {
                    thrown.set(broken);
                    return ScriptedGateway.text(500, "gateway");
                });
        assertThat(get("/outside").body()).isEqualTo("gateway");
        assertThat(thrown.get().getCause())
                .isInstanceOfSatisfying(
                        BackendException.class,
                        broken -> assertThat(broken.reason()).isEqualTo(BackendException.Reason.TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/async", "/async-own", "/async-dispatch", "/async-at-once", "/async-timeout"})
    void asynchronousApplicationIsCollectedToo(String target) throws Exception {
        for (boolean waits : new boolean[] {false, true}) {
            gateway.behaviour = maybeLater(
                    waits,
                    request -> ScriptedGateway.exchange(request, ScriptedGateway.call("PUT", target, Headers.EMPTY, ""))
                            .thenCompose(answer -> ScriptedGateway.later(
                                    answer.withHeaders(answer.headers().with("X-Gateway", "yes")))));
            RawClient.Answer answer = get("/outside");
            assertThat(answer.header("X-Gateway")).as(target).isEqualTo("yes");
            assertThat(answer.body())
                    .as("%s waits %s: %s", target, waits, answer)
                    .isIn("later PUT", "dispatched PUT", "at once", "too slow");
        }
    }

    @Test
    void listenersWorkOnReplacedBodyAndCollectedAnswer() throws Exception {
        String body = "0123456789".repeat(2_000);
        assertThat(exchange("POST", "/nio", Headers.EMPTY, body).body()).isEqualTo(body);
    }

    // ---- the filter is not there

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void passedRequestIsUntouched(boolean waits) throws Exception {
        gateway.behaviour = maybeLater(waits, request -> request.downstream().pass());
        assertThat(post("/echo/x?a=1", "the body", "X-Old: 1").body())
                .contains("method POST\n", "query a=1\n", "body the body\n", "context null\n")
                .containsIgnoringCase("header X-Old=[1]\n");
        assertThat(get("/async").body()).isEqualTo("later GET");
        assertThat(get("/async-dispatch").body()).isEqualTo("dispatched GET");
        assertThat(get("/async-at-once").body()).isEqualTo("at once");
        assertThat(get("/missing").status()).isEqualTo(404);
        assertThat(get("/broken").status()).isEqualTo(500);
    }

    @Test
    void concurrentMixtureOfAllKindsFinishes() throws Exception {
        gateway.behaviour = request -> {
            int kind = Math.floorMod(request.query().hashCode(), 5);
            return maybeLater(kind % 2 == 0, same -> switch (kind) {
                        case 0, 1 -> ScriptedGateway.stream(same);
                        case 2 -> ScriptedGateway.exchange(same, ScriptedGateway.same(same));
                        case 3 -> CompletableFuture.completedFuture(ScriptedGateway.text(200, "pathInfo /x"));
                        default -> same.downstream().pass();
                    })
                    .apply(request);
        };
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int number = i;
                results.add(clients.submit(() -> {
                    try (RawClient client = client()) {
                        for (int j = 0; j < 40; j++) {
                            RawClient.Answer answer = client.get("/shop/echo/x?n=" + number * 100 + j);
                            assertThat(answer.body()).contains("pathInfo /x");
                        }
                    }
                    return true;
                }));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get(50, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            clients.shutdownNow();
        }
    }
}
