package dev.gatehouse.dataplane.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.dataplane.integration.JettyHttpSender.Settings;
import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendException.Reason;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.BodyStream;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.StreamedReply;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JettyHttpSenderTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final Duration LONG = Duration.ofSeconds(20);

    private static JettyHttpSender sender;

    @BeforeAll
    static void start() {
        sender = JettyHttpSender.start(Settings.defaults());
    }

    @AfterAll
    static void stop() {
        sender.close();
    }

    @Test
    void answerIsHandedOverAsItCame() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 418 Short\r\nX-One: a\r\nx-one: b\r\nSet-Cookie: s=1\r\n"
                + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u00ff\u00feok")) {
            BackendReply reply = call(get(server.uri("/")));

            assertThat(reply.status()).isEqualTo(418);
            assertThat(reply.headers())
                    .isEqualTo(Headers.of(
                            "X-One",
                            "a",
                            "x-one",
                            "b",
                            "Set-Cookie",
                            "s=1",
                            "Content-Encoding",
                            "gzip",
                            "Content-Length",
                            "4"));
            assertThat(reply.body()).isEqualTo(new byte[] {-1, -2, 'o', 'k'});
        }
    }

    @Test
    void requestWithoutBodyCarriesNothingOfOurOwnButTheHost() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            call(get(server.uri("/a%2Fb//c;x=1?q=a%20b&&e&p=+")));

            assertThat(server.received())
                    .isEqualTo("GET /a%2Fb//c;x=1?q=a%20b&&e&p=+ HTTP/1.1\r\nHost: 127.0.0.1:"
                            + server.uri("/").getPort() + "\r\n\r\n");
        }
    }

    @Test
    void bodyIsSentWithItsLengthAndTheTypeThatWasGiven() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            call(request("POST", server.uri("/"), Headers.of("Content-Type", "text/x", "x-MINE", "1"), "hello"));

            assertThat(server.received())
                    .startsWith("POST / HTTP/1.1\r\n")
                    .contains("Content-Type: text/x\r\n", "x-MINE: 1\r\n", "Content-Length: 5\r\n")
                    .endsWith("\r\n\r\nhello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void emptyBodyIsAnnouncedWhereABodyIsExpected(String method) throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            call(request(method, server.uri("/"), Headers.EMPTY, ""));

            assertThat(server.received()).contains("Content-Length: 0\r\n").doesNotContainIgnoringCase("content-type");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "DELETE", "PATCH"})
    void emptyBodyIsNotAnnouncedElsewhere(String method) throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
            call(request(method, server.uri("/"), Headers.EMPTY, ""));

            assertThat(server.received()).startsWith(method).doesNotContainIgnoringCase("content-");
        }
    }

    @Test
    void givenHostHeaderReplacesTheOneOfTheAddress() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            call(request("GET", server.uri("/"), Headers.of("Host", "other.example"), ""));

            assertThat(server.received()).containsOnlyOnce("Host:").contains("Host: other.example\r\n");
        }
    }

    @Test
    void signedRequestArrivesWithTheHeadersThatWereSigned() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            BackendRequest signed = new SigV4Signer(() -> Instant.EPOCH)
                    .sign(
                            request("POST", server.uri("/"), Headers.of("Content-Type", "a/b"), "{}"),
                            Credentials.of("AKID", "secret"),
                            "eu-central-1",
                            "lambda");
            call(signed);

            assertThat(server.received())
                    .contains("Host: 127.0.0.1:" + server.uri("/").getPort() + "\r\n")
                    .contains("SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date, ")
                    .contains("Content-Type: a/b\r\n", "X-Amz-Date: 19700101T000000Z\r\n");
        }
    }

    @Test
    void redirectIsNotFollowed() throws Exception {
        try (RawServer server =
                RawServer.answering("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n", OK)) {
            BackendReply reply = call(get(server.uri("/")));

            assertThat(reply.status()).isEqualTo(302);
            assertThat(reply.headers().first("Location")).isEqualTo("/elsewhere");
            server.received();
            assertThat(server.waiting()).isZero();
        }
    }

    @Test
    void challengeIsHandedOverAndNotAnswered() throws Exception {
        try (RawServer server = RawServer.answering(
                "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(call(get(server.uri("/"))).status()).isEqualTo(401);
        }
    }

    @Test
    void cookieOfOneCallIsNotSentWithTheNext() throws Exception {
        try (RawServer server = RawServer.answering(
                "HTTP/1.1 200 OK\r\nSet-Cookie: s=1; Path=/\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")) {
            call(get(server.uri("/")));
            server.received();
            call(get(server.uri("/")));

            assertThat(server.received()).doesNotContainIgnoringCase("cookie");
        }
    }

    @Test
    void interimAnswersAreSkipped() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n"
                + "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + OK)) {
            BackendReply reply = call(get(server.uri("/")));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200",
                "hello\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n",
                "HTTP/1.1 199 Odd\r\n\r\n" + OK,
                "HTTP/1.1 99 Low\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 099 Low\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 0 None\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 1000 High\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 4294967496 High\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 -1 Negative\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 abc Text\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX Y: 1\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: none\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nokk",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n",
                "HTTP/1.1 200 OK\r\nX: a\u0000b\r\nContent-Length: 0\r\n\r\n"
            })
    void brokenAnswerIsANetworkFailure(String answer) throws Exception {
        try (RawServer server = RawServer.answering(answer)) {
            assertThat(failure(get(server.uri("/"))).reason()).isEqualTo(Reason.NETWORK);
        }
    }

    @Test
    void answerWithEndlessHeadersIsANetworkFailure() throws Exception {
        String lines = ("X-Filler: " + "x".repeat(1000) + "\r\n").repeat(100);
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\n" + lines + RawServer.KEEP_OPEN)) {
            assertThat(failure(get(server.uri("/"))).reason()).isEqualTo(Reason.NETWORK);
        }
    }

    @Test
    void answerUpToTheLimitIsHandedOverAndOneByteMoreIsNot() throws Exception {
        Settings settings = new Settings(8, 8, 100_000, 4, (host, address) -> true);
        try (JettyHttpSender small = JettyHttpSender.start(settings);
                RawServer fits =
                        RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000));
                RawServer exceeds = RawServer.answering(
                        "HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n" + "x".repeat(100_001))) {
            assertThat(small.send(get(fits.uri("/")))
                            .toCompletableFuture()
                            .get()
                            .body())
                    .hasSize(100_000);
            assertThat(failure(small, get(exceeds.uri("/"))).reason()).isEqualTo(Reason.TOO_LARGE);
        }
    }

    @Test
    void compressedAnswerIsNotOpened() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[50_000_000]);
        }
        String body = bomb.toString(StandardCharsets.ISO_8859_1);
        Settings settings = new Settings(8, 8, 100_000, 4, (host, address) -> true);
        try (JettyHttpSender small = JettyHttpSender.start(settings);
                RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)) {
            assertThat(small.send(get(server.uri("/")))
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS)
                            .body())
                    .isEqualTo(bomb.toByteArray());
        }
    }

    @Test
    void unusualStatusIsHandedOverAsItCame() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(call(get(server.uri("/"))).status()).isEqualTo(999);
        }
    }

    @Test
    void chunkedAnswerIsLimitedToo() throws Exception {
        Settings settings = new Settings(8, 8, 10, 4, (host, address) -> true);
        try (JettyHttpSender small = JettyHttpSender.start(settings);
                RawServer endless = RawServer.answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "8\r\nxxxxxxxx\r\n8\r\nxxxxxxxx\r\n" + RawServer.KEEP_OPEN)) {
            assertThat(failure(small, get(endless.uri("/"))).reason()).isEqualTo(Reason.TOO_LARGE);
        }
    }

    @Test
    void lengthOfAHeadAnswerIsNoLimit() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")) {
            BackendReply reply = call(request("HEAD", server.uri("/"), Headers.EMPTY, ""));

            assertThat(reply.headers().first("Content-Length")).isEqualTo("99999999999");
            assertThat(reply.body()).isEmpty();
        }
    }

    @Test
    void silentBackendIsATimeout() throws Exception {
        try (RawServer server = RawServer.answering(RawServer.KEEP_OPEN)) {
            BackendRequest request =
                    new BackendRequest("GET", server.uri("/"), Headers.EMPTY, new byte[0], Duration.ofMillis(60));

            assertThat(failure(request).reason()).isEqualTo(Reason.TIMEOUT);
        }
    }

    @Test
    void answerThatDoesNotEndIsATimeout() throws Exception {
        try (RawServer server =
                RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok" + RawServer.KEEP_OPEN)) {
            BackendRequest request =
                    new BackendRequest("GET", server.uri("/"), Headers.EMPTY, new byte[0], Duration.ofMillis(60));

            assertThat(failure(request).reason()).isEqualTo(Reason.TIMEOUT);
        }
    }

    @Test
    void refusedConnectionIsANetworkFailure() throws Exception {
        URI nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort() + "/");
        }
        assertThat(failure(get(nobody)).reason()).isEqualTo(Reason.NETWORK);
    }

    @Test
    void plainTextWhereTlsIsExpectedIsANetworkFailure() throws Exception {
        try (ServerSocket backend = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<BackendReply> reply = sender.send(
                            get(URI.create("https://127.0.0.1:" + backend.getLocalPort() + "/")))
                    .toCompletableFuture();
            try (Socket connection = backend.accept()) {
                connection.getOutputStream().write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(failure(reply).reason()).isEqualTo(Reason.NETWORK);
        }
    }

    @Test
    void onlyTrustedCertificatesForTheRightHostAreSpokenTo(@TempDir Path directory) throws Exception {
        KeyStore keys = selfSigned(directory);
        SslContextFactory.Client trusting = new SslContextFactory.Client();
        trusting.setTrustStore(keys);
        try (RawServer server = RawServer.answering(tlsListener(keys), OK);
                JettyHttpSender trusted = JettyHttpSender.start(Settings.defaults(), trusting)) {
            String port = ":" + server.uri("/").getPort() + "/";

            assertThat(trusted.send(get(URI.create("https://127.0.0.1" + port)))
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS)
                            .status())
                    .isEqualTo(200);
            assertThat(failure(trusted, get(URI.create("https://localhost" + port)))
                            .reason())
                    .isEqualTo(Reason.NETWORK);
            assertThat(failure(get(URI.create("https://127.0.0.1" + port))).reason())
                    .isEqualTo(Reason.NETWORK);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://no-such-host.invalid/",
                "ftp://127.0.0.1/",
                "http:///path",
                "/path",
                "mailto:a@b",
                "http://under_score/",
                "http://127.0.0.1:0/",
                "http://127.0.0.1:70000/",
                "http://good.example@127.0.0.1/"
            })
    void addressThatCannotBeCalledIsAnInvalidEndpoint(String address) throws Exception {
        assertThat(failure(get(URI.create(address))).reason()).isEqualTo(Reason.INVALID_ENDPOINT);
    }

    @Test
    void inadmissibleAddressIsNeverConnectedTo() throws Exception {
        try (JettyHttpSender guarded = JettyHttpSender.start(Settings.defaults()
                        .withAdmissible((host, address) -> !address.getAddress().isLoopbackAddress()));
                RawServer server = RawServer.answering(OK)) {
            URI named = URI.create("http://localhost:" + server.uri("/").getPort() + "/");

            assertThat(failure(guarded, get(server.uri("/"))).reason()).isEqualTo(Reason.INVALID_ENDPOINT);
            assertThat(failure(guarded, get(named))).hasMessage("address of localhost may not be called");
            assertThat(server.waiting()).isZero();
        }
    }

    @Test
    void headerBeyondLatin1GoesOutAsUtf8() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            call(request("GET", server.uri("/"), Headers.of("X-Mapped", "\u010a\u65e5", "X-Latin", "\u00e9"), ""));

            String expected = new String("\u010a\u65e5".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            assertThat(server.received()).contains("X-Mapped: " + expected + "\r\n", "X-Latin: \u00e9\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\rb", "a\u0000b", "\u007f"})
    void controlCharacterInAHeaderIsRefused(String value) throws Exception {
        BackendException failure =
                failure(request("GET", URI.create("http://127.0.0.1:9/"), Headers.of("X-Mapped", value), ""));

        assertThat(failure).hasMessage("control character in header X-Mapped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\r\nb", "\u00e4"})
    void headerNameMustBeAToken(String name) throws Exception {
        assertThat(failure(request("GET", URI.create("http://127.0.0.1:9/"), Headers.of(name, "x"), "")))
                .hasMessage("header name is no HTTP token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-length", "Transfer-Encoding"})
    void framingCannotBeGivenByAHeader(String name) throws Exception {
        assertThat(failure(request("POST", URI.create("http://127.0.0.1:9/"), Headers.of(name, "5"), "x")))
                .hasMessage("framing follows from the body and cannot be given by header " + name);
    }

    @Test
    void methodMustBeAToken() throws Exception {
        assertThat(failure(request("GET / HTTP/1.1\r\nX:", URI.create("http://127.0.0.1:9/"), Headers.EMPTY, "")))
                .hasMessage("method is no HTTP token");
    }

    @Test
    void twoThousandSlowCallsToOneBackendAreInFlightAtOnce() throws Exception {
        int calls = 2000;
        try (PatientBackend backend = new PatientBackend(calls)) {
            List<CompletableFuture<BackendReply>> replies = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                replies.add(sender.send(get(backend.uri())).toCompletableFuture());
            }

            assertThat(replies)
                    .allSatisfy(reply ->
                            assertThat(reply.get(20, TimeUnit.SECONDS).status()).isEqualTo(200));
        }
    }

    @Test
    void callsBeyondTheQueueFailAtOnce() throws Exception {
        Settings settings = new Settings(1, 1, 100, 4, (host, address) -> true);
        try (JettyHttpSender narrow = JettyHttpSender.start(settings);
                RawServer silent = RawServer.answering(RawServer.KEEP_OPEN)) {
            narrow.send(get(silent.uri("/first")));
            silent.received();
            narrow.send(get(silent.uri("/waits")));

            BackendException failure = failure(narrow, get(silent.uri("/refused")));

            assertThat(failure.reason()).isEqualTo(Reason.NETWORK);
        }
    }

    @Test
    void theHeadOfAStreamIsThereBeforeItsBody() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 201 Yes\r\nX-One: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\none\r\n" + RawServer.KEEP_OPEN)) {
            StreamedReply reply = stream(server, LONG);

            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.headers().first("X-One")).isEqualTo("a");
            assertThat(new String(next(reply), StandardCharsets.UTF_8)).isEqualTo("one");
            CompletableFuture<byte[]> more = reply.body().next().toCompletableFuture();
            reply.body().cancel();
            assertThat(more).failsWithin(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aStreamComesWhole() throws Exception {
        try (RawServer server =
                RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + "x".repeat(3_000_000))) {
            byte[] whole = BodyStream.whole(stream(server, LONG).body(), Integer.MAX_VALUE)
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);

            assertThat(whole).hasSize(3_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"})
    void aStreamMayBeEmpty(String answer) throws Exception {
        try (RawServer server = RawServer.answering(answer)) {
            assertThat(next(stream(server, LONG))).isNull();
        }
    }

    @Test
    void aStreamThatBreaksOffFailsWhereItDoes() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok")) {
            StreamedReply reply = stream(server, LONG);

            assertThat(next(reply)).isEqualTo(new byte[] {'o', 'k'});
            assertThat(failure(reply.body().next().toCompletableFuture().thenApply(bytes -> null))
                            .reason())
                    .isEqualTo(Reason.NETWORK);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStreamHasATimeoutAndMayNotBeSilentForLong(boolean silent) throws Exception {
        Duration little = Duration.ofMillis(100);
        try (RawServer server =
                RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok" + RawServer.KEEP_OPEN)) {
            BackendRequest request = new BackendRequest(
                    "GET", server.uri("/"), Headers.EMPTY, new byte[0], silent ? LONG : little.multipliedBy(5));
            StreamedReply reply = sender.stream(request, silent ? little.multipliedBy(5) : LONG)
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            assertThat(next(reply)).hasSize(2);

            assertThat(failure(reply.body().next().toCompletableFuture().thenApply(bytes -> null))
                            .reason())
                    .isEqualTo(Reason.TIMEOUT);
        }
    }

    /** A client that reads slowly makes a backend wait that has much to say. */
    @Test
    void aBackendThatNobodyReadsIsNotSilent() throws Exception {
        Duration silence = Duration.ofMillis(200);
        try (RawServer server =
                RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + "x".repeat(3_000_000))) {
            StreamedReply reply = stream(server, silence);
            int first = next(reply).length;
            // nobody reads for so long that a silent backend would be given up
            assertThat(new CountDownLatch(1).await(3 * silence.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();

            byte[] rest = BodyStream.whole(reply.body(), Integer.MAX_VALUE)
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);

            assertThat(first + rest.length).isEqualTo(3_000_000);
        }
    }

    @Test
    void aStreamWithoutHeadIsATimeout() throws Exception {
        try (RawServer server = RawServer.answering(RawServer.KEEP_OPEN)) {
            BackendRequest request =
                    new BackendRequest("GET", server.uri("/"), Headers.EMPTY, new byte[0], Duration.ofMillis(60));

            assertThat(failure(sender.stream(request, LONG)
                                    .toCompletableFuture()
                                    .thenApply(reply -> null))
                            .reason())
                    .isEqualTo(Reason.TIMEOUT);
        }
    }

    private static StreamedReply stream(RawServer server, Duration silence) throws Exception {
        return sender.stream(get(server.uri("/")), silence)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private static byte[] next(StreamedReply reply) throws Exception {
        return reply.body().next().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void closingFailsTheCallsInFlightAndTheLaterOnes() throws Exception {
        JettyHttpSender closing = JettyHttpSender.start(Settings.defaults());
        try (RawServer silent = RawServer.answering(RawServer.KEEP_OPEN)) {
            CompletableFuture<BackendReply> inFlight =
                    closing.send(get(silent.uri("/"))).toCompletableFuture();
            silent.received();
            closing.close();

            assertThat(inFlight).failsWithin(20, TimeUnit.SECONDS);
            assertThat(failure(closing, get(silent.uri("/"))).reason()).isEqualTo(Reason.NETWORK);
        }
    }

    private static BackendReply call(BackendRequest request) throws Exception {
        return sender.send(request).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static BackendException failure(BackendRequest request) {
        return failure(sender, request);
    }

    private static BackendException failure(JettyHttpSender through, BackendRequest request) {
        return failure(through.send(request).toCompletableFuture());
    }

    private static BackendException failure(CompletableFuture<BackendReply> reply) {
        Throwable thrown = catchThrowable(() -> reply.get(20, TimeUnit.SECONDS));
        assertThat(thrown).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(BackendException.class);
        return (BackendException) thrown.getCause();
    }

    /** A key of our own for 127.0.0.1, and no other name. */
    private static KeyStore selfSigned(Path directory) throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "backend",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=backend",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        // A trust store is made of certificates; the key entry alone would not be trusted.
        keys.setCertificateEntry("trusted", keys.getCertificate("backend"));
        return keys;
    }

    private static ServerSocket tlsListener(KeyStore keys) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static BackendRequest get(URI uri) {
        return request("GET", uri, Headers.EMPTY, "");
    }

    private static BackendRequest request(String method, URI uri, Headers headers, String body) {
        return new BackendRequest(method, uri, headers, body.getBytes(StandardCharsets.UTF_8), LONG);
    }
}
