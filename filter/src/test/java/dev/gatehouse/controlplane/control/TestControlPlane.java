package dev.gatehouse.controlplane.control;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.controlplane.sdk.GeneratorLibrary;
import dev.gatehouse.controlplane.sdk.SdkGenerator;
import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.definition.ApiKey;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.definition.UsagePlan;
import dev.gatehouse.engine.lambda.FunctionContext;
import dev.gatehouse.engine.lambda.LambdaFunction;
import dev.gatehouse.engine.lambda.StreamingFunction;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A control plane in memory that everybody may call, where every call takes a second. */
final class TestControlPlane implements AutoCloseable {

    static final String ACCOUNT = "111111111111";
    static final String REGION = "eu-west-1";

    private static final AtomicInteger ASKED = new AtomicInteger();

    private final ControlPlane plane;
    private final Gatehouse gateway;

    /** @param gateway null where there is none */
    private TestControlPlane(ControlPlane plane, Gatehouse gateway) {
        this.plane = plane;
        this.gateway = gateway;
    }

    /**
     * An authorizer's function: it lets {@code ada} in and denies {@code eve}, and says of everybody how often it was asked. Of
     * others it says that they are not authorized, and to {@code nonsense} it answers so.
     */
    private static byte[] gatekeeper(byte[] payload, FunctionContext context) {
        String event = new String(payload, StandardCharsets.UTF_8);
        if (event.contains("nonsense")) {
            return "[]".getBytes(StandardCharsets.UTF_8);
        }
        boolean ada = event.contains("ada");
        if (!ada && !event.contains("eve")) {
            throw new IllegalStateException("Unauthorized");
        }
        return ("{\"principalId\":\"" + (ada ? "ada-lovelace" : "eve") + "\",\"policyDocument\":{\"Version\":"
                        + "\"2012-10-17\",\"Statement\":[{\"Action\":\"execute-api:Invoke\",\"Effect\":\""
                        + (ada ? "Allow" : "Deny") + "\",\"Resource\":\"*\"}]},\"context\":{\"asked\":"
                        + ASKED.incrementAndGet() + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Answers with the verb of the call, behind as much as {@code ?kilobytes=} asks for. */
    private static void streamer(byte[] payload, OutputStream answer) throws IOException {
        String event = new String(payload, StandardCharsets.UTF_8);
        Matcher size = Pattern.compile("\"kilobytes\":\"(\\d+)\"").matcher(event);
        Matcher verb = Pattern.compile("\"httpMethod\":\"(\\w+)\"").matcher(event);
        answer.write(("{\"statusCode\":202}" + "\0".repeat(8)).getBytes(StandardCharsets.UTF_8));
        for (int left = size.find() ? Integer.parseInt(size.group(1)) : 0; left > 0; left--) {
            answer.write(" ".repeat(1024).getBytes(StandardCharsets.UTF_8));
        }
        answer.write((verb.find() ? verb.group(1) : "?").getBytes(StandardCharsets.UTF_8));
    }

    /** One of a gateway with the functions {@code gatekeeper} and {@code streamer}, and a way to a load balancer that nobody stands behind. */
    static TestControlPlane ofGateway() {
        String configuration = "accountId: '" + ACCOUNT + "'\nregion: " + REGION + "\n"
                + "vpcLinks: [{id: nobody, address: '127.0.0.1:1', targetArn: 'arn:aws:elasticloadbalancing:eu-west-1:"
                + "111111111111:loadbalancer/net/x/1'}]\n";
        Random random = new Random(42);
        ASKED.set(0);
        Gatehouse gateway = Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8)))
                .clock(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")))
                .random(random::nextLong)
                .function("gatekeeper", () -> (LambdaFunction) TestControlPlane::gatekeeper, LambdaFunction.class)
                .function(
                        "streamer",
                        () -> (StreamingFunction) (payload, answer, context) -> streamer(payload, answer),
                        StreamingFunction.class)
                .controlPlane(new InMemoryStore(), (request, tags) -> new Caller("somebody", REGION))
                .build();
        return new TestControlPlane(gateway.controlPlane().orElseThrow(), gateway);
    }

    /** @param problems with which the data plane refuses everything; empty where it takes everything */
    static TestControlPlane of(List<String> problems) {
        return of(problems, new InMemoryStore());
    }

    /** @param store for tests that look into it */
    static TestControlPlane on(DefinitionStore store) {
        return of(List.of(), store);
    }

    private static TestControlPlane of(List<String> problems, DefinitionStore store) {
        Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
        Random random = new Random(42);
        Home home = new Home(ACCOUNT, REGION, () -> now[0] = now[0].plusSeconds(1), random::nextLong);
        return new TestControlPlane(
                new ControlPlane(
                        store,
                        () -> Declarations.NONE,
                        new RefusingDataPlane(problems),
                        (request, tags) -> new Caller("somebody", REGION),
                        home,
                        SdkGenerator.of(GeneratorLibrary.onClassPath(ClassLoader.getPlatformClassLoader())),
                        List.of()),
                null);
    }

    /** A data plane that finds the same problems in everything. */
    record RefusingDataPlane(List<String> problems) implements DataPlane {
        @Override
        public void admitKey(String keyId, ApiKey key, List<String> planIds) {
            // nobody is let in here
        }

        @Override
        public void admitPlan(String planId, UsagePlan plan) {
            // nobody is let in here
        }

        @Override
        public Map<String, List<long[]>> usage(UsagePlan plan, Set<String> keyIds, LocalDate from, LocalDate to) {
            throw new UnsupportedOperationException("nothing is counted here");
        }

        @Override
        public void extendQuota(UsagePlan plan, String keyId, long remaining) {
            throw new UnsupportedOperationException("nothing is counted here");
        }

        @Override
        public List<Problem> check(String region, Release release) {
            return problems.stream()
                    .map(text -> Problem.error("api", "/place", text))
                    .toList();
        }

        @Override
        public AuthorizerTrial.Result test(String region, AuthorizerTrial trial) {
            throw new UnsupportedOperationException("nobody is asked here");
        }

        @Override
        public List<CallRecord> traces(String restApiId, String stageName) {
            return List.of();
        }

        @Override
        public void flushAuthorizers(String restApiId, String stageName) {
            // nothing is remembered here
        }

        @Override
        public MethodTrial.Result test(String region, MethodTrial trial) {
            throw new UnsupportedOperationException("nothing runs here");
        }

        @Override
        public void publishLinks(String region, Map<String, String> targetArns) {
            // nobody calls over them here
        }

        /** There is a way to the load balancers of one account. */
        @Override
        public boolean leadsTo(String targetArn) {
            return targetArn.contains(":111111111111:");
        }

        @Override
        public void publish(String region, List<HostedDomain> domains) {
            // nothing to see from here, either
        }

        @Override
        public void publish(String region, Map<String, List<Release>> stagesByApi) {
            // nothing to see from here
        }
    }

    ControlResponse call(String method, String target, String body) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? null : target.substring(question + 1);
        return plane.answer(new ControlRequest(
                method, path, path, query, Headers.EMPTY, body.getBytes(StandardCharsets.UTF_8), "127.0.0.1", false));
    }

    /** A request to the gateway, whose answer is put into the form of the control plane's. */
    ControlResponse send(String method, String url, String key, String body) {
        URI uri = URI.create(url);
        GatewayResponse answer = gateway.serve(new GatewayRequest(
                        method,
                        uri.getRawAuthority(),
                        uri.getRawPath(),
                        uri.getRawQuery(),
                        key == null
                                ? Headers.of("Host", uri.getRawAuthority())
                                : Headers.of("Host", uri.getRawAuthority()).with("x-api-key", key),
                        new GatewayRequest.Client("203.0.113.7", "HTTP/1.1", "http", 80),
                        Payload.of(body.getBytes(StandardCharsets.UTF_8)),
                        Downstream.NONE))
                .toCompletableFuture()
                .join();
        return new ControlResponse(
                answer.status(), answer.headers(), ((GatewayResponse.Body.Bytes) answer.body()).bytes());
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.close();
        }
    }
}
