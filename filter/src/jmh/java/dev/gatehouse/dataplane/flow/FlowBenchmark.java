package dev.gatehouse.dataplane.flow;

import dev.gatehouse.compile.PlanCompiler;
import dev.gatehouse.compile.TestCompilers;
import dev.gatehouse.controlplane.openapi.ImportOptions;
import dev.gatehouse.controlplane.openapi.OpenApiImport;
import dev.gatehouse.dataplane.snapshot.AccessTable;
import dev.gatehouse.dataplane.snapshot.AddressTable;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.ApiStage;
import dev.gatehouse.definition.QuotaPeriodType;
import dev.gatehouse.definition.QuotaSettings;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.definition.ThrottleSettings;
import dev.gatehouse.definition.UsagePlan;
import dev.gatehouse.engine.limit.LimitListener;
import dev.gatehouse.engine.limit.Limits;
import dev.gatehouse.engine.limit.MemoryJournal;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a whole call costs without network: address, route, mapping, answer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FlowBenchmark {

    private static final String DOCUMENT =
            """
            openapi: 3.0.1
            info: {title: bench, version: "1"}
            components:
              securitySchemes:
                key: {type: apiKey, name: x-api-key, in: header}
            paths:
              /keyed:
                get:
                  security: [{key: []}]
                  responses: {"200": {description: ok}}
                  x-amazon-apigateway-integration:
                    type: mock
                    requestTemplates: {application/json: '{"statusCode": 200}'}
                    responses: {default: {statusCode: "200"}}
              /mock:
                get:
                  responses: {"200": {description: ok}}
                  x-amazon-apigateway-integration:
                    type: mock
                    requestTemplates: {application/json: '{"statusCode": 200}'}
                    responses: {default: {statusCode: "200"}}
              /loop:
                post:
                  responses: {"200": {description: ok}}
                  x-amazon-apigateway-integration:
                    type: mock
                    requestTemplates:
                      application/json: |
                        #set($root = $input.path('$'))
                        #set($context.requestOverride.header.total = $root.items.size())
                        {"statusCode": 200}
                    responses:
                      default:
                        statusCode: "200"
                        responseTemplates:
                          application/json: |
                            [#foreach($n in [0..9]){"n": $n, "stage": "$context.stage"}#if($foreach.hasNext),#end#end]
              /backend:
                post:
                  responses: {"200": {description: ok}}
                  x-amazon-apigateway-integration:
                    type: http
                    httpMethod: POST
                    uri: https://backend.example.com/orders
                    requestParameters:
                      integration.request.header.X-Stage: context.stage
                      integration.request.querystring.page: method.request.querystring.page
                    requestTemplates:
                      application/json: |
                        #set($root = $input.path('$'))
                        {"customer": "$root.customer", "lines": [
                        #foreach($item in $root.items)
                          {"sku": "$item.id", "amount": $item.quantity}#if($foreach.hasNext),#end
                        #end
                        ]}
                    responses: {default: {statusCode: "200"}}
            """;

    private static final String KEY = "a-value-nobody-guesses-10000000";

    private static final byte[] ORDER = order();

    private RestApiFlow flow;
    private RestApiFlow counting;
    private AddressTable addresses;
    private GatewayRequest mock;
    private GatewayRequest keyed;
    private GatewayRequest loop;
    private GatewayRequest backend;

    @Setup
    public void prepare() {
        ApiDefinition definition = OpenApiImport.read(
                        DOCUMENT.getBytes(StandardCharsets.UTF_8),
                        "bench",
                        ImportOptions.of("bench", "us-east-1", "123456789012", (kind, name) -> name))
                .fold(imported -> imported.definition(), rejected -> {
                    throw new IllegalStateException(rejected.toString());
                });
        Stage.Draft stage = Stage.draft();
        stage.stageName = "prod";
        stage.deploymentId = "abc123";
        addresses = TestCompilers.compiler()
                .compile("bench", definition, stage.build(), false)
                .fold(
                        compiled -> AddressTable.of(List.of(new AddressTable.Binding(compiled, "prod", false))),
                        problems -> {
                            throw new IllegalStateException(problems.toString());
                        });
        RequestIds ids = new RequestIds(() -> ThreadLocalRandom.current().nextLong());
        CompletionStage<BackendReply> reply = CompletableFuture.completedFuture(
                new BackendReply(200, Headers.of("Content-Type", "application/json"), new byte[] {'{', '}'}));
        Arrival arrival = new Arrival(ids, Clock.systemUTC(), () -> 0.5);
        Backends backends = Backends.over(request -> reply, call -> null, call -> null);
        flow = new RestApiFlow(arrival, PlanStep.UNCOUNTED, backends);
        counting = new RestApiFlow(arrival, plans(), backends);
        mock = request("GET", "/prod/mock", new byte[0]);
        keyed = request("GET", "/prod/keyed", new byte[0], mock.headers().with("x-api-key", KEY));
        if (mockWithKey().status() != 200) {
            throw new IllegalStateException("the key does not open the method");
        }
        loop = request("POST", "/prod/loop", ORDER);
        backend = request("POST", "/prod/backend", ORDER);
    }

    /** A key of the store beside one of the configuration, in a plan that limits the method, the client and its quota. */
    private static PlanStep plans() {
        ThrottleSettings never = new ThrottleSettings(2_000_000_000, 1e8);
        UsagePlan.Draft plan = UsagePlan.draft();
        plan.id = "plan";
        plan.throttle = never;
        plan.quota = new QuotaSettings(Integer.MAX_VALUE, 0, QuotaPeriodType.MONTH);
        plan.apiStages = List.of(new ApiStage("bench", "prod", Map.of("/keyed/GET", never)));
        AccessTable declared = new AccessTable();
        declared.put("another-value-nobody-guesses", new AccessTable.Client("other", true, List.of()));
        AccessTable stored = new AccessTable();
        stored.put(KEY, new AccessTable.Client("abcde12345", true, List.of("plan")));
        stored.put(PlanCompiler.compile(plan.build()));
        try {
            Limits limits = new Limits(Clock.systemUTC(), System::nanoTime, new MemoryJournal());
            return new PlanStep(List.of(declared, stored), limits, null, LimitListener.NONE, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Benchmark
    public GatewayResponse mock() {
        return serve(mock);
    }

    @Benchmark
    public GatewayResponse mockWithKey() {
        return serve(counting, keyed);
    }

    @Benchmark
    public GatewayResponse mockWithLoops() {
        return serve(loop);
    }

    /** A 10-item order through a request template to an HTTP backend that answers at once. */
    @Benchmark
    public GatewayResponse templatedBackend() {
        return serve(backend);
    }

    private GatewayResponse serve(GatewayRequest request) {
        return serve(flow, request);
    }

    private GatewayResponse serve(RestApiFlow flow, GatewayRequest request) {
        return flow.serve(request, addresses.find(request.host(), request.path()).orElseThrow())
                .toCompletableFuture()
                .join();
    }

    private static GatewayRequest request(String method, String path, byte[] body) {
        Headers headers = Headers.of(
                "Host", "api.example.com",
                "User-Agent", "bench/1.0",
                "Accept", "application/json",
                "Content-Type", "application/json",
                "Content-Length", Integer.toString(body.length));
        return request(method, path, body, headers);
    }

    private static GatewayRequest request(String method, String path, byte[] body, Headers headers) {
        Payload payload = new Payload() {
            @Override
            public long declaredLength() {
                return body.length;
            }

            @Override
            public CompletionStage<byte[]> read(int limit) {
                return CompletableFuture.completedFuture(body);
            }
        };
        return new GatewayRequest(
                method,
                "api.example.com",
                path,
                "page=2",
                headers,
                new GatewayRequest.Client("203.0.113.7", "HTTP/1.1", "https", 443),
                payload,
                Downstream.NONE);
    }

    private static byte[] order() {
        StringBuilder json = new StringBuilder("{\"customer\": \"c-4711\", \"items\": [");
        for (int i = 0; i < 10; i++) {
            json.append(i == 0 ? "" : ", ").append("{\"id\": \"sku-").append(i).append("\", \"quantity\": ").append(i + 1).append('}');
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
