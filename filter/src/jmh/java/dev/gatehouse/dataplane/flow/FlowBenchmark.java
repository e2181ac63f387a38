package dev.gatehouse.dataplane.flow;

import dev.gatehouse.compile.TestCompilers;
import dev.gatehouse.controlplane.openapi.ImportOptions;
import dev.gatehouse.controlplane.openapi.OpenApiImport;
import dev.gatehouse.dataplane.snapshot.AddressTable;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
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
            paths:
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

    private static final byte[] ORDER = order();

    private RestApiFlow flow;
    private AddressTable addresses;
    private GatewayRequest mock;
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
        flow = new RestApiFlow(new Arrival(ids, Clock.systemUTC(), () -> 0.5), PlanStep.UNCOUNTED, Backends.over(request -> reply, call -> null, call -> null));
        mock = request("GET", "/prod/mock", new byte[0]);
        loop = request("POST", "/prod/loop", ORDER);
        backend = request("POST", "/prod/backend", ORDER);
    }

    @Benchmark
    public GatewayResponse mock() {
        return serve(mock);
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
