package dev.gatehouse.dataplane.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.compile.TestCompilers;
import dev.gatehouse.dataplane.snapshot.AddressTable;
import dev.gatehouse.dataplane.snapshot.CompiledStage;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.IntegrationType;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.Resource;
import dev.gatehouse.definition.RestApi;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.HttpSender;
import dev.gatehouse.http.Payload;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RestApiFlowTest {

    private static final HttpSender OVERFLOWS = request -> {
        throw new StackOverflowError();
    };

    @Test
    void evenAnErrorOnTheCallingThreadIsAnAnswer() {
        assertThat(answer(OVERFLOWS, UnaryOperator.identity()))
                .isEqualTo("500 {\"message\": \"Internal server error\"}");
    }

    @Test
    void evenAFailureThatCannotBeWordedIsAnAnswer() {
        assertThat(answer(OVERFLOWS, RestApiFlowTest::speechless))
                .isEqualTo("500 {\"message\": \"Internal server error\"}");
    }

    /** A stage that knows no wording, as none is. */
    private static CompiledStage speechless(CompiledStage stage) {
        return new CompiledStage(
                stage.arn(),
                stage.accountId(),
                stage.apiId(),
                stage.apiName(),
                stage.stageName(),
                stage.deploymentId(),
                stage.variables(),
                stage.routes(),
                Map.of(),
                stage.apiKeyFromAuthorizer(),
                stage.binaryMediaTypes(),
                stage.canary(),
                stage.passesUnmatched(),
                stage.disableExecuteApiEndpoint(),
                stage.minimumCompressionSize(),
                stage.accessLog());
    }

    private static String answer(HttpSender http, UnaryOperator<CompiledStage> change) {
        RestApiFlow flow = new RestApiFlow(
                new Arrival(new RequestIds(() -> 4711), InstantSource.fixed(Instant.EPOCH), () -> 0),
                PlanStep.UNCOUNTED,
                Backends.over(
                        http,
                        call -> CompletableFuture.failedFuture(new AssertionError()),
                        call -> CompletableFuture.failedFuture(new AssertionError())),
                (group, line) -> {});
        GatewayRequest request = new GatewayRequest(
                "GET",
                "localhost",
                "/prod",
                null,
                Headers.EMPTY,
                new GatewayRequest.Client("127.0.0.1", "HTTP/1.1", "http", 80),
                Payload.NONE,
                Downstream.NONE);
        GatewayResponse response = flow.serve(
                        request, addresses(change).find("localhost", "/prod").orElseThrow())
                .toCompletableFuture()
                .join();
        return response.status() + " " + new String(((GatewayResponse.Body.Bytes) response.body()).bytes(), UTF_8);
    }

    private static AddressTable addresses(UnaryOperator<CompiledStage> change) {
        Integration.Draft integration = Integration.draft();
        integration.type = IntegrationType.HTTP_PROXY;
        integration.uri = "http://backend.example.com/";
        Method.Draft method = Method.draft();
        method.httpMethod = "GET";
        method.methodIntegration = integration.build();
        Resource root = new Resource("root", null, null, "/", Map.of("GET", method.build()));
        RestApi.Draft api = RestApi.draft();
        api.id = "api";
        Stage.Draft stage = Stage.draft();
        stage.stageName = "prod";
        stage.deploymentId = "d1";
        ApiDefinition definition =
                new ApiDefinition(api.build(), List.of(root), List.of(), List.of(), List.of(), Map.of(), List.of());
        return TestCompilers.compiler()
                .compile("api", definition, stage.build(), false)
                .fold(
                        compiled -> AddressTable.of(
                                List.of(new AddressTable.Binding(change.apply(compiled), "prod", false))),
                        problems -> {
                            throw new AssertionError(problems.toString());
                        });
    }
}
