package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients, applications and connections do that they should not, in every container. */
final class AttackTest {

    @Nested
    final class Jetty extends Contract {
        Jetty() {
            super(JettyServer::new);
        }
    }

    @Nested
    final class TomcatTen extends Contract {
        TomcatTen() {
            super(TomcatServer::new);
        }
    }

    @Nested
    final class TomcatEleven extends Contract {
        TomcatEleven() {
            super(application -> new TomcatServer(application, true));
        }
    }

    @Nested
    final class Undertow extends Contract {
        Undertow() {
            super(UndertowServer::new);
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @Timeout(30)
    abstract static class Contract {

        private final ScriptedGateway gateway = new ScriptedGateway();
        private final EmbeddedServer.Kind container;
        private EmbeddedServer server;

        Contract(EmbeddedServer.Kind container) {
            this.container = container;
        }

        @BeforeAll
        void start() throws Exception {
            server = container.start(context -> {
                GatehouseFilter.register(
                        context, "gatehouse", new WitnessedFilter(new GatehouseFilter(gateway, 30_000)), "/*");
                SampleApplication.install(context);
            });
        }

        @AfterAll
        void stop() throws Exception {
            server.close();
        }

        private RawClient client() throws IOException {
            return new RawClient(server.port());
        }

        private RawClient.Answer get(String target, String... headers) throws IOException {
            try (RawClient client = client()) {
                return client.get("/shop" + target, headers);
            }
        }

        private static Function<GatewayRequest, CompletionStage<GatewayResponse>> exchange(String target) {
            return request -> ScriptedGateway.exchange(request, ScriptedGateway.call("GET", target, Headers.EMPTY, ""));
        }

        // ---- around the gateway

        @ParameterizedTest
        @ValueSource(strings = {"/WEB-INF/gatehouse.yaml", "/web-inf/web.xml", "/META-INF/MANIFEST.MF", "/WEB-INF./x"})
        void gatewayNeverForwardsToWhatTheContainerKeepsPrivate(String target) throws Exception {
            int before = SampleApplication.ENTERED.get();
            gateway.behaviour = exchange(target);
            assertThat(get("/outside").status()).isEqualTo(400);
            gateway.behaviour = request -> request.downstream().stream(
                    ScriptedGateway.CONTEXT,
                    ScriptedGateway.call("GET", target, Headers.EMPTY, ""),
                    headers -> headers);
            assertThat(get("/outside").status()).isEqualTo(400);
            assertThat(SampleApplication.ENTERED.get()).isEqualTo(before);
        }

        @Test
        void targetWithAnAuthorityNamesNoSecondHost() throws Exception {
            AtomicReference<GatewayRequest> asked = new AtomicReference<>();
            gateway.behaviour = request -> {
                asked.set(request);
                return CompletableFuture.completedFuture(ScriptedGateway.text(200, "served"));
            };
            try (RawClient client = client()) {
                assertThat(client.get("http://other.example.com/shop/any").status())
                        .isEqualTo(400);
            }
            assertThat(asked.get()).isNull();
            try (RawClient client = client()) {
                assertThat(client.get("http://api.example.com/shop/any").status())
                        .isEqualTo(200);
            }
            assertThat(asked.get().path()).isEqualTo("/any");
            assertThat(asked.get().host()).isEqualTo("api.example.com");
        }

        @Test
        void targetThatEndsItsLineIsNoRequestOfAnOlderTime() throws Exception {
            AtomicReference<GatewayRequest> asked = new AtomicReference<>();
            gateway.behaviour = request -> {
                asked.set(request);
                return CompletableFuture.completedFuture(ScriptedGateway.text(200, "served"));
            };
            try (RawClient client = client()) {
                client.send("GET /shop/any\r\nHost: api.example.com\r\n\r\n");
                assertThat(client.rest()).doesNotContain("served");
            }
            assertThat(asked.get()).isNull();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "X-Api-Key : k",
                    "X-Api-Key\t: k",
                    "X-Api-Key\u0000: k",
                    "\u000bX-Api-Key: k",
                    "X-Api-Key\u00a0: k",
                    "X_Api_Key: k",
                    "X-Other: a\rX-Api-Key: k",
                    "X-Other: a\u0000\nX-Api-Key : k",
                    "X-Other:\r\n X-Api-Key: k",
                    " X-Api-Key: k",
                    ": X-Api-Key: k"
                })
        void nameWithSomethingAroundItIsAnotherHeader(String line) throws Exception {
            AtomicReference<GatewayRequest> asked = new AtomicReference<>();
            gateway.behaviour = request -> {
                asked.set(request);
                return CompletableFuture.completedFuture(ScriptedGateway.text(200, "served"));
            };
            try (RawClient client = client()) {
                client.request("GET", "/shop/any", line + "\r\nConnection: close\r\n\r\n");
                client.rest();
            }
            if (asked.get() != null) {
                assertThat(asked.get().headers().contains("X-Api-Key")).isFalse();
                assertThat(asked.get().host()).isEqualTo("api.example.com");
            }
        }

        // ---- framing

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                    "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n",
                    "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                    "Content-Length: 5, 5\r\n\r\nhello",
                    "Content-Length: +5\r\n\r\nhello",
                    "Content-Length: -1\r\n\r\n",
                    "Content-Length: 0x5\r\n\r\nhello",
                    "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                    "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                    "Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nhello",
                    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                    "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                    "Content-Length : 5\r\n\r\nhello",
                    "Content-Length:\u00a05\r\n\r\nhello",
                    "Content-Length: 5\u0000\r\n\r\nhello",
                    "Content-Length: 5 5\r\n\r\nhello",
                    "Content-Length: 5;\r\n\r\nhello",
                    "Content-Length: 99999999999999999999\r\n\r\nhello",
                    "Content-Length: 5\r\ncontent-length: 0\r\n\r\nhello",
                    "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
                    "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n",
                    "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                    "Transfer-Encoding: chun\u0000ked\r\n\r\n0\r\n\r\n",
                    "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
                    "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                    "Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n\r\nhello",
                    "Content-Length: 5\r\nTransfer_Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                    "Host: other.example.com\r\n\r\n"
                })
        void ambiguousFramingIsRefusedOrReadInOneWayOnly(String rest) throws Exception {
            AtomicReference<GatewayRequest> asked = new AtomicReference<>();
            gateway.behaviour = request -> {
                asked.set(request);
                return CompletableFuture.completedFuture(ScriptedGateway.text(200, "served"));
            };
            try (RawClient client = client()) {
                client.request("POST", "/shop/any", rest);
                int status = client.read(false).status();
                if (asked.get() == null) {
                    assertThat(status).isIn(400, 501);
                } else {
                    // Tomcat forgets the length where there are chunks, and ends the connection
                    assertThat(asked.get().headers().all("Content-Length")).isEmpty();
                    assertThat(asked.get().headers().all("Transfer-Encoding")).containsExactly("chunked");
                }
                assertThat(client.isAtEnd()).isTrue();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"zz\r\nhello\r\n0\r\n\r\n", "fffffffffffffffff\r\nhello\r\n"})
        void brokenChunkEndsTheConnection(String chunks) throws Exception {
            CompletableFuture<Object> read = new CompletableFuture<>();
            gateway.behaviour = request -> request.payload().read(1000).handle((bytes, broken) -> {
                read.complete(broken == null ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8) : broken);
                return ScriptedGateway.text(broken == null ? 200 : 400, "");
            });
            try (RawClient client = client()) {
                client.request("POST", "/shop/any", "Transfer-Encoding: chunked\r\n\r\n" + chunks);
                assertThat(read.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
            }
        }

        @Test
        void clientThatExpectsAWordFirstGetsIt() throws Exception {
            gateway.behaviour = request ->
                    request.payload().read(1000).thenApply(bytes -> GatewayResponse.of(200, Headers.EMPTY, bytes));
            try (RawClient client = client()) {
                client.request("POST", "/shop/any", "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
                assertThat(client.line()).startsWith("HTTP/1.1 100");
                client.line();
                assertThat(client.send("hello").read(false).body()).isEqualTo("hello");
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {403, 413})
        void earlyWordInsteadOfTheExpectedOneLeavesNothingInThePipe(int status) throws Exception {
            List<String> asked = new CopyOnWriteArrayList<>();
            gateway.behaviour = request -> {
                asked.add(request.path());
                return CompletableFuture.completedFuture(ScriptedGateway.text(status, "no"));
            };
            String body = "GET /shop/smuggled HTTP/1.1\r\nHost: api.example.com\r\n\r\n";
            try (RawClient client = client()) {
                client.request(
                        "POST", "/shop/any", "Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n\r\n");
                assertThat(client.read(false).status()).isEqualTo(status);
                client.send(body);
                client.request("GET", "/shop/next", "Connection: close\r\n\r\n");
                client.rest();
            } catch (IOException closed) {
                assertThat(asked).containsExactly("/any");
            }
            assertThat(asked).doesNotContain("/smuggled").startsWith("/any");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "X-Forwarded-Host: other.example.com",
                    "X-Forwarded-Host: other.example.com:1\r\nX-Forwarded-Port: 1",
                    "Forwarded: host=other.example.com",
                    "X-Host: other.example.com",
                    "X-HTTP-Host-Override: other.example.com",
                    "X-Original-Host: other.example.com"
                })
        void noOtherHeaderIsTheHost(String lines) throws Exception {
            AtomicReference<GatewayRequest> asked = new AtomicReference<>();
            gateway.behaviour = request -> {
                asked.set(request);
                return CompletableFuture.completedFuture(ScriptedGateway.text(200, "served"));
            };
            assertThat(get("/any", lines).status()).isEqualTo(200);
            assertThat(asked.get().host()).isEqualTo("api.example.com");
        }

        // ---- connections that break

        @Test
        void gatewayHearsOfAClientThatLeavesInTheMiddleOfAnUpload() throws Exception {
            CompletableFuture<Throwable> told = new CompletableFuture<>();
            CountDownLatch arrived = new CountDownLatch(1);
            gateway.behaviour = request -> {
                CompletionStage<GatewayResponse> answer = request.payload()
                        .read(1000)
                        .handle((bytes, broken) -> {
                            told.complete(broken);
                            return ScriptedGateway.text(400, "");
                        });
                arrived.countDown();
                return answer;
            };
            try (RawClient client = client()) {
                client.request("POST", "/shop/any", "Content-Length: 10\r\n\r\nhello");
                assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(told.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        }

        @Test
        void gatewayHearsOfAClientThatLeavesInTheMiddleOfADownload() throws Exception {
            CompletableFuture<Object> told = new CompletableFuture<>();
            gateway.behaviour =
                    request -> ScriptedGateway.stream(request).whenComplete((answer, broken) -> told.complete(answer));
            try (RawClient client = client()) {
                client.request("GET", "/shop/big?blocks=2000", "\r\n");
                client.line();
            }
            assertThat(told.get(20, TimeUnit.SECONDS)).isNotNull();
        }

        @Test
        void applicationThatBreaksInTheMiddleOfItsAnswerDoesNotGetASecondHead() throws Exception {
            CompletableFuture<GatewayResponse> told = new CompletableFuture<>();
            gateway.behaviour =
                    request -> ScriptedGateway.stream(request).whenComplete((answer, broken) -> told.complete(answer));
            try (RawClient client = client()) {
                client.request("GET", "/shop/broken-late", "Connection: close\r\n\r\n");
                assertThat(client.rest()).containsOnlyOnce("HTTP/1.1").contains("begun");
            }
            assertThat(told.get(20, TimeUnit.SECONDS).status()).isEqualTo(500);
        }

        // ---- what applications do to their answers

        @Test
        void sessionOfTheContainerAndCookieOfTheApplicationBothArrive() throws Exception {
            gateway.behaviour = ScriptedGateway::stream;
            assertThat(get("/session").header("Set-Cookie")).contains("JSESSIONID=", "basket=b1");
            gateway.behaviour = exchange("/session");
            assertThat(get("/outside").header("Set-Cookie")).contains("JSESSIONID=", "basket=b1");
        }

        @Test
        void bodyOfAnAnswerThatHasNoneNeverReachesTheWire() throws Exception {
            for (Function<GatewayRequest, CompletionStage<GatewayResponse>> way :
                    List.of(ScriptedGateway::stream, exchange("/no-content"))) {
                gateway.behaviour = way;
                try (RawClient client = client()) {
                    RawClient.Answer answer = client.get("/shop/no-content");
                    assertThat(answer.status()).isEqualTo(204);
                    assertThat(answer.header("Content-Length")).isNull();
                    assertThat(client.get("/shop/no-content").status()).isEqualTo(204);
                }
            }
        }

        @Test
        void errorFromTheApplicationsOwnThreadArrives() throws Exception {
            gateway.behaviour = request -> ScriptedGateway.stream(request, headers -> headers.with("X-Gateway", "yes"));
            RawClient.Answer answer = get("/async-error");
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.header("X-Gateway")).isEqualTo("yes");
            gateway.behaviour = exchange("/async-error");
            assertThat(get("/outside").status()).isEqualTo(409);
        }

        @Test
        void cycleThatTheApplicationForgotEndsWithItsTimeout() throws Exception {
            CompletableFuture<GatewayResponse> told = new CompletableFuture<>();
            gateway.behaviour =
                    request -> ScriptedGateway.stream(request).whenComplete((answer, broken) -> told.complete(answer));
            assertThat(get("/async-forgotten").status()).isEqualTo(500);
            assertThat(told.get(20, TimeUnit.SECONDS).status()).isEqualTo(500);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            gateway.behaviour =
                    request -> exchange("/async-forgotten").apply(request).exceptionally(broken -> {
                        thrown.set(broken.getCause());
                        return ScriptedGateway.text(504, "gateway");
                    });
            assertThat(get("/outside").body()).isEqualTo("gateway");
            assertThat(thrown.get())
                    .isInstanceOfSatisfying(
                            BackendException.class,
                            broken -> assertThat(broken.reason()).isEqualTo(BackendException.Reason.TIMEOUT));
        }

        @Test
        void redirectOfServletSixOneIsTheGatewaysToo() throws Exception {
            gateway.behaviour = request -> ScriptedGateway.stream(request, headers -> headers.with("X-Gateway", "yes"));
            RawClient.Answer answer = get("/see-other");
            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.header("X-Gateway")).isEqualTo("yes");
            assertThat(answer.header("Location")).isEqualTo("http://api.example.com/shop/echo/there");
        }
    }
}
