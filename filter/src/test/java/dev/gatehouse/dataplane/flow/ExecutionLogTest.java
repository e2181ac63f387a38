package dev.gatehouse.dataplane.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.compile.TestCompilers;
import dev.gatehouse.controlplane.openapi.ImportOptions;
import dev.gatehouse.controlplane.openapi.ImportResult;
import dev.gatehouse.controlplane.openapi.OpenApiImport;
import dev.gatehouse.dataplane.snapshot.AddressTable;
import dev.gatehouse.dataplane.snapshot.CompiledStage;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.LoggingLevel;
import dev.gatehouse.definition.MethodSetting;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ExecutionLogTest {

    private static final String DOCUMENT = """
            openapi: 3.0.1
            info: {title: pets, version: "1"}
            paths:
              /pets/{id}:
                get:
                  responses: {"200": {description: ok}}
                  x-amazon-apigateway-integration:
                    type: http
                    httpMethod: GET
                    uri: https://backend.example.com/pets/{pet}
                    requestParameters:
                      integration.request.path.pet: method.request.path.id
                      integration.request.header.Authorization: method.request.header.Authorization
                    responses: {"200": {statusCode: "200"}}
            """;

    private final List<String> lines = new ArrayList<>();

    @Test
    void levelInfoTellsTheStepsOfACall() {
        call("*/*", setting -> setting.loggingLevel = LoggingLevel.INFO, 200);

        assertThat(texts())
                .containsExactly(
                        "Extended Request Id: EXT",
                        "Verifying Usage Plan for request: ID. API Key:  API Stage: pets/prod",
                        "API Key  authorized because method 'GET /pets/{id}' does not require API Key. Request will not"
                                + " contribute to throttle or quota limits",
                        "Usage Plan check succeeded for API Key  and API Stage pets/prod",
                        "Starting execution for request: ID",
                        "HTTP Method: GET, Resource Path: /pets/7",
                        "Sending request to https://backend.example.com/pets/7",
                        "Received response. Status: 200, Integration latency: N ms",
                        "Successfully completed execution",
                        "Method completed with status: 200");
        assertThat(lines).allMatch(line -> line.startsWith("API-Gateway-Execution-Logs_pets/prod ("));
    }

    @Test
    void dataTraceTellsHeadersAndBodiesButNoSecret() {
        call(
                "pets/{id}/GET",
                setting -> {
                    setting.loggingLevel = LoggingLevel.INFO;
                    setting.dataTraceEnabled = true;
                },
                200);

        assertThat(texts())
                .contains("Method request path: {id=7}", "Method request query string: {color=red}")
                .contains("Endpoint response body before transformations: {\"name\":\"Rex\"}")
                .contains("Method response body after transformations: {\"name\":\"Rex\"}")
                .anyMatch(text -> text.startsWith("Method request headers:") && text.contains("secret"));
        assertThat(lines).noneMatch(line -> line.contains("Bearer"));
    }

    @Test
    void levelErrorTellsOnlyWhyACallFailed() {
        call("*/*", setting -> setting.loggingLevel = LoggingLevel.ERROR, 200);
        assertThat(lines).isEmpty();

        call("*/*", setting -> setting.loggingLevel = LoggingLevel.ERROR, 404);
        assertThat(texts())
                .containsExactly(
                        "Execution failed due to configuration error: No match for output mapping and no default output"
                                + " mapping configured. Endpoint Response Status Code: 404",
                        "Method completed with status: 500");
    }

    @Test
    void aMethodsOwnSettingReplacesTheOneForAll() {
        call("pets/{id}/GET", setting -> setting.loggingLevel = LoggingLevel.OFF, 404);

        assertThat(lines).isEmpty();
    }

    @Test
    void aSettingForAMethodThatIsNotThereIsAProblem() {
        List<Problem> problems = TestCompilers.compiler()
                .compile("pets", definition(), stage(Map.of("pets/GET", MethodSetting.DEFAULTS)), false)
                .fold(compiled -> List.<Problem>of(), found -> found);

        assertThat(problems).singleElement().asString().contains("the API has no method pets/GET");
    }

    @Test
    void aTestInvocationAnswersWithItsOwnLog() {
        TestedCall tested = new RestApiFlow(
                        new Arrival(new RequestIds(() -> 4711), InstantSource.fixed(Instant.EPOCH), () -> 0),
                        PlanStep.UNCOUNTED,
                        Backends.over(
                                request -> CompletableFuture.completedFuture(new BackendReply(
                                        200,
                                        Headers.of("X-Long", "x".repeat(2000)),
                                        "{}".getBytes(StandardCharsets.UTF_8))),
                                call -> CompletableFuture.failedFuture(new AssertionError()),
                                call -> CompletableFuture.failedFuture(new AssertionError())),
                        (group, line) -> lines.add(line))
                .test(
                        request(),
                        compiled(Map.of("*/*", MethodSetting.DEFAULTS.with(draft -> {
                            draft.loggingLevel = LoggingLevel.INFO;
                            draft.dataTraceEnabled = true;
                        }))),
                        "/pets/{id}")
                .toCompletableFuture()
                .join();

        assertThat(tested.log()
                        .replaceAll("latency: [0-9]+ ms", "latency: N ms")
                        .lines())
                .first()
                .asString()
                .startsWith("Execution log for request ");
        assertThat(tested.log()
                        .replaceAll("latency: [0-9]+ ms", "latency: N ms")
                        .lines()
                        .skip(1))
                .allMatch(line -> line.startsWith("Thu Jan 01 00:00:00 UTC 1970 : "))
                .map(line -> line.substring(line.indexOf(" : ") + 3).replaceAll("[:=].*", ""))
                .containsExactly(
                        "Starting execution for request",
                        "HTTP Method",
                        "Method request path",
                        "Method request query string",
                        "Method request headers",
                        "Method request body before transformations",
                        "Endpoint request URI",
                        "Endpoint request headers",
                        "Endpoint request body after transformations",
                        "Sending request to https",
                        "Received response. Status",
                        "Endpoint response headers",
                        "Endpoint response body before transformations",
                        "Method response body after transformations",
                        "Method response headers",
                        "Successfully completed execution",
                        "Method completed with status");
        assertThat(tested.log()).contains("x [TRUNCATED]\n").doesNotContain("Bearer");
        assertThat(lines).as("what a stage's log has").isEmpty();
    }

    private List<String> texts() {
        return lines.stream()
                .map(line -> line.substring(line.indexOf(") ") + 2)
                        .replaceAll("Extended Request Id: .{16}", "Extended Request Id: EXT")
                        .replaceAll("request: [0-9a-f-]{36}", "request: ID")
                        .replaceAll("latency: [0-9]+ ms", "latency: N ms"))
                .toList();
    }

    private void call(String key, Consumer<MethodSetting.Draft> change, int backendStatus) {
        lines.clear();
        MethodSetting other = MethodSetting.DEFAULTS.with(draft -> draft.loggingLevel = LoggingLevel.INFO);
        Map<String, MethodSetting> settings = key.equals("*/*")
                ? Map.of(key, MethodSetting.DEFAULTS.with(change))
                : Map.of("*/*", other, key, MethodSetting.DEFAULTS.with(change));
        AddressTable addresses = AddressTable.of(List.of(new AddressTable.Binding(compiled(settings), "prod", false)));
        BackendReply reply =
                new BackendReply(backendStatus, Headers.EMPTY, "{\"name\":\"Rex\"}".getBytes(StandardCharsets.UTF_8));
        RestApiFlow flow = new RestApiFlow(
                new Arrival(new RequestIds(() -> 4711), InstantSource.fixed(Instant.EPOCH), () -> 0),
                PlanStep.UNCOUNTED,
                Backends.over(
                        request -> CompletableFuture.completedFuture(reply),
                        call -> CompletableFuture.failedFuture(new AssertionError()),
                        call -> CompletableFuture.failedFuture(new AssertionError())),
                (group, line) -> lines.add(group + " " + line));
        flow.serve(request(), addresses.find("localhost", "/prod/pets/7").orElseThrow())
                .toCompletableFuture()
                .join();
    }

    private static CompiledStage compiled(Map<String, MethodSetting> settings) {
        return TestCompilers.compiler()
                .compile("pets", definition(), stage(settings), false)
                .fold(compiled -> compiled, problems -> {
                    throw new AssertionError(problems.toString());
                });
    }

    private static GatewayRequest request() {
        return new GatewayRequest(
                "GET",
                "localhost",
                "/prod/pets/7",
                "color=red",
                Headers.of("Authorization", "Bearer my-very-long-secret"),
                new GatewayRequest.Client("127.0.0.1", "HTTP/1.1", "http", 80),
                Payload.NONE,
                Downstream.NONE);
    }

    private static Stage stage(Map<String, MethodSetting> settings) {
        Stage.Draft stage = Stage.draft();
        stage.stageName = "prod";
        stage.deploymentId = "abc123";
        stage.methodSettings = settings;
        return stage.build();
    }

    private static ApiDefinition definition() {
        return OpenApiImport.read(
                        DOCUMENT.getBytes(StandardCharsets.UTF_8),
                        "pets",
                        ImportOptions.of("pets", "us-east-1", "123456789012", (kind, name) -> name))
                .fold(ImportResult.Imported::definition, rejected -> {
                    throw new AssertionError(rejected.toString());
                });
    }
}
