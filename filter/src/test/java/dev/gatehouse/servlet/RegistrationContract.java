package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.GatewayResponse;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ways to register the filter come to, in whatever container a subclass starts: one filter per folder. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class RegistrationContract {

    private final ScriptedGateway gateway = new ScriptedGateway();
    private EmbeddedServer server;
    private ServletContext application;

    abstract EmbeddedServer.Kind container();

    @BeforeAll
    void start() throws Exception {
        server = container().start(this::install);
    }

    private void install(ServletContext context) {
        application = context;
        filter(context, "initialized", 30_000, true);
        new AsyncMapping().onStartup(Set.of(), context);
        filter(context, "unmapped", 30_000, true);
        filter(context, "unsupported", 30_000, false).setInitParameter("async", "true");
        filter(context, "off", 30_000, true).setInitParameter("async", "false");
        filter(context, "hasty", 50, true);
        GatehouseFilter.register(context, "registered", new GatehouseFilter(gateway, 30_000), "/registered/*");
        GatehouseFilter.register(context, "brief", new GatehouseFilter(gateway, 50), "/brief/*");
        GatehouseFilter.register(context, "outer", new GatehouseFilter(gateway, 30_000), "/nested/*");
        GatehouseFilter.register(context, "inner", new GatehouseFilter(gateway, 30_000), "/nested/inner/*");
        GatehouseFilter.register(context, "everyDispatch", new GatehouseFilter(gateway, 30_000), "/every/*")
                .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/every/*");
        FilterRegistration.Dynamic delaying = context.addFilter("delaying", new DelayingFilter());
        delaying.setAsyncSupported(true);
        delaying.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/delayed/*");
        FilterRegistration.Dynamic delayed = context.addFilter("delayed", new GatehouseFilter(gateway, 30_000));
        delayed.setAsyncSupported(true);
        delayed.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), true, "/delayed/*");
        SampleApplication.install(context);
        for (String folder : List.of(
                "initialized", "unmapped", "unsupported", "off", "registered", "nested/inner", "delayed", "every")) {
            SampleApplication.echoAt(context, "/" + folder + "/echo");
        }
    }

    /** Somebody else's filter that makes every call wait. */
    private static final class DelayingFilter implements Filter {

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {
            request.startAsync().dispatch();
        }
    }

    /** As a deployment descriptor without a word on dispatchers would do it. */
    private FilterRegistration.Dynamic filter(ServletContext context, String name, long limitMillis, boolean async) {
        FilterRegistration.Dynamic filter = context.addFilter(name, new GatehouseFilter(gateway, limitMillis));
        filter.setAsyncSupported(async);
        filter.addMappingForUrlPatterns(null, true, "/" + name + "/*");
        return filter;
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    private RawClient.Answer get(String target) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            return client.get("/shop" + target);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"initialized", "registered"})
    void filterThatIsMappedForAsyncHoldsNoThread(String folder) throws Exception {
        int calls = 3 * EmbeddedServer.THREADS;
        CountDownLatch arrived = new CountDownLatch(calls);
        CompletableFuture<Void> authorized = new CompletableFuture<>();
        gateway.behaviour = request -> {
            arrived.countDown();
            return authorized.thenComposeAsync(nothing -> request.downstream().pass());
        };
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < calls; i++) {
                clients.add(new RawClient(server.port()).request("GET", "/shop/" + folder + "/echo", "\r\n"));
            }
            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
            authorized.complete(null);
            for (RawClient client : clients) {
                assertThat(client.read(false).body()).contains("method GET");
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    /** Where an ASYNC dispatch might go around the gateway, none is made: the thread waits. */
    @ParameterizedTest
    @ValueSource(strings = {"unmapped", "unsupported", "off"})
    void filterThatCannotBeSureToComeBackWaits(String folder) throws Exception {
        gateway.behaviour = request -> CompletableFuture.supplyAsync(() -> request)
                .thenCompose(same -> same.payload().read(100))
                .thenComposeAsync(body -> request.downstream().stream(
                        ScriptedGateway.CONTEXT,
                        ScriptedGateway.call("PUT", "/" + folder + "/echo", request.headers(), ""),
                        headers -> headers.with("X-Gateway", "yes")));
        RawClient.Answer answer = get("/" + folder + "/echo");
        assertThat(answer.body()).contains("method PUT", "dispatcher REQUEST");
        assertThat(answer.header("X-Gateway")).isEqualTo("yes");
    }

    @Test
    void waitingFilterReadsASlowBodyToo() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        gateway.behaviour = request -> {
            reading.countDown();
            return request.payload().read(100).thenApply(body -> GatewayResponse.of(200, request.headers(), body));
        };
        try (RawClient client = new RawClient(server.port())) {
            client.request("POST", "/shop/off/x", "Content-Length: 10\r\n\r\nhello");
            assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();
            client.send("world");
            assertThat(client.read(false).body()).isEqualTo("helloworld");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hasty", "brief"})
    void gatewayThatNeverAnswersIsGivenUp(String folder) throws Exception {
        CompletableFuture<GatewayResponse> never = new CompletableFuture<>();
        gateway.behaviour = request -> never;
        RawClient.Answer answer = get("/" + folder + "/x");
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.body()).isEqualTo("{\"message\": \"Endpoint request timed out\"}");
        never.complete(ScriptedGateway.text(200, "too late"));
        gateway.behaviour = request -> CompletableFuture.completedFuture(ScriptedGateway.text(200, "next"));
        assertThat(get("/" + folder + "/x").body()).isEqualTo("next");
    }

    /** Without asynchronous support the thread reads, and only the container's own timeout ends that. */
    @Test
    void bodyThatNeverComesIsGivenUp() throws Exception {
        gateway.behaviour = request ->
                request.payload().read(100).thenApply(body -> ScriptedGateway.text(200, "too much patience"));
        try (RawClient client = new RawClient(server.port())) {
            client.request("POST", "/shop/brief/x", "Content-Length: 10\r\n\r\nhello");
            assertThat(client.read(false).status()).isEqualTo(504);
        }
        gateway.behaviour = request -> CompletableFuture.completedFuture(ScriptedGateway.text(200, "next"));
        assertThat(get("/brief/x").body()).isEqualTo("next");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gatewayBehindAGatewayIsAskedToo(boolean waits) throws Exception {
        List<String> asked = new ArrayList<>();
        gateway.behaviour = request -> {
            asked.add(request.path());
            CompletionStage<String> authorized =
                    waits ? CompletableFuture.supplyAsync(() -> "yes") : CompletableFuture.completedFuture("yes");
            return authorized.thenCompose(yes -> request.downstream().pass());
        };
        assertThat(get("/nested/inner/echo").body()).contains("method GET");
        assertThat(asked).containsExactly("/inner/echo", "/echo");
    }

    @Test
    void forwardErrorAndDoubleMappingsDoNotAskTheGatewayAgain() throws Exception {
        List<String> asked = new ArrayList<>();
        gateway.behaviour = request -> {
            asked.add(request.path());
            return request.downstream().stream(
                    ScriptedGateway.CONTEXT,
                    ScriptedGateway.call("GET", request.path(), request.headers(), ""),
                    headers -> headers);
        };
        assertThat(get("/every/missing").status()).isEqualTo(404);
        assertThat(get("/every/forward").body()).contains("dispatcher FORWARD");
        assertThat(get("/every/async-elsewhere").body()).contains("pathInfo /elsewhere", "method GET");
        assertThat(asked).containsExactly("/missing", "/forward", "/async-elsewhere");
    }

    /** The application goes on to a path that the filter is mapped to for dispatches of every kind. */
    @ParameterizedTest
    @ValueSource(strings = {"into", "including"})
    void wayFromTheApplicationIntoTheMappingDoesNotAskTheGatewayAgain(String way) throws Exception {
        List<String> asked = new ArrayList<>();
        gateway.behaviour = request -> {
            asked.add(request.path());
            return request.downstream().stream(
                    ScriptedGateway.CONTEXT,
                    ScriptedGateway.call("GET", "/" + way + "?path=/every/echo", request.headers(), ""),
                    headers -> headers);
        };
        assertThat(get("/every/start").body()).contains("method GET");
        assertThat(asked).containsExactly("/start");
    }

    /** The application dispatches to a path that the filter is not mapped to. */
    @Test
    void exchangeSurvivesADispatchPastTheFilter() throws Exception {
        gateway.behaviour = request -> ScriptedGateway.exchange(
                request, ScriptedGateway.call("PUT", "/async-elsewhere", request.headers(), "body"));
        assertThat(get("/registered/x").body()).contains("pathInfo /elsewhere", "method PUT", "body body");
    }

    @Test
    void filterBehindOneThatWaitsIsAskedInTheAsyncDispatch() throws Exception {
        List<String> asked = new ArrayList<>();
        gateway.behaviour = request -> {
            asked.add(request.path());
            return CompletableFuture.completedFuture(ScriptedGateway.text(403, "no"));
        };
        assertThat(get("/delayed/echo").status()).isEqualTo(403);
        assertThat(asked).containsExactly("/echo");
    }

    @Test
    void reportNamesWhatGoesAroundTheGatewayAndWhatSharesItsRequests() {
        List<String> report = BypassReport.of(application, "delayed");
        assertThat(report)
                .contains(
                        "servlet '/head' at '/head' is reachable without passing the gateway",
                        "servlet '/' at '/' is reachable without passing the gateway",
                        "servlet '/registered/echo' at '/registered/echo' is reachable without passing the gateway")
                .anyMatch(line -> line.startsWith("filter 'delaying' sees the gateway's requests too"))
                .noneMatch(line -> line.contains("'/delayed/echo'"))
                .noneMatch(line -> line.contains("'unmapped'"));
    }

    @Test
    void reportOfAnUnknownFilterSaysSo() {
        assertThat(BypassReport.of(application, "nobody"))
                .singleElement()
                .asString()
                .contains("'nobody'");
    }
}
