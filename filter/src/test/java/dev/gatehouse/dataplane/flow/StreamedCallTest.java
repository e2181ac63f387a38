package dev.gatehouse.dataplane.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.compile.TestCompilers;
import dev.gatehouse.dataplane.snapshot.AddressTable;
import dev.gatehouse.dataplane.snapshot.CompiledStage;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.EndpointConfiguration;
import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.IntegrationType;
import dev.gatehouse.definition.LoggingLevel;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.MethodSetting;
import dev.gatehouse.definition.Resource;
import dev.gatehouse.definition.ResponseTransferMode;
import dev.gatehouse.definition.RestApi;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.BodyStream;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.HttpSender;
import dev.gatehouse.http.Payload;
import dev.gatehouse.http.StreamedReply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A call whose answer streams is over when the stream is, and is logged then. */
class StreamedCallTest {

    private final List<String> executionLog = new ArrayList<>();
    private Duration silence;
    private boolean cancelled;

    @Test
    void nothingIsLoggedBeforeTheStreamIsOver() {
        BodyStream stream = call(EndpointType.REGIONAL, false);

        assertThat(stream.next().toCompletableFuture().join()).hasSize(3);
        assertThat(executionLog).isEmpty();
        assertThat(stream.next().toCompletableFuture().join()).isNull();
        assertThat(executionLog).last().asString().endsWith("Method completed with status: 200");
        assertThat(executionLog).anyMatch(line -> line.endsWith("Successfully completed execution"));
    }

    @Test
    void whyAStreamBrokeOffIsLogged() {
        BodyStream stream = call(EndpointType.REGIONAL, true);
        stream.next().toCompletableFuture().join();

        assertThat(stream.next()).isCompletedExceptionally();
        assertThat(executionLog)
                .anyMatch(line -> line.endsWith("Execution failed while the response was being streamed: gone"))
                .noneMatch(line -> line.contains("Successfully"));
    }

    @Test
    void whoLeavesEndsTheStreamAndIsLoggedOnce() {
        BodyStream stream = call(EndpointType.REGIONAL, false);
        stream.cancel();
        stream.cancel();

        assertThat(cancelled).isTrue();
        assertThat(executionLog)
                .filteredOn(line -> line.contains("Execution failed"))
                .singleElement()
                .asString()
                .endsWith("the client went away");
    }

    @ParameterizedTest
    @CsvSource({"EDGE,PT30S", "REGIONAL,PT5M"})
    void howLongAStreamMayBeSilentDependsOnTheEndpoint(EndpointType type, Duration longest) {
        call(type, false);

        assertThat(silence).isEqualTo(longest);
    }

    private BodyStream call(EndpointType type, boolean breaksOff) {
        HttpSender sender = new HttpSender() {
            @Override
            public CompletionStage<BackendReply> send(BackendRequest request) {
                throw new AssertionError("it is to stream");
            }

            @Override
            public CompletionStage<StreamedReply> stream(BackendRequest request, Duration idle) {
                silence = idle;
                return CompletableFuture.completedFuture(new StreamedReply(200, Headers.EMPTY, body(breaksOff)));
            }
        };
        RestApiFlow flow = new RestApiFlow(
                new Arrival(new RequestIds(() -> 4711), InstantSource.fixed(Instant.EPOCH), () -> 0),
                PlanStep.UNCOUNTED,
                Backends.over(
                        sender,
                        call -> CompletableFuture.failedFuture(new AssertionError()),
                        call -> CompletableFuture.failedFuture(new AssertionError())),
                (group, line) -> executionLog.add(line));
        AddressTable addresses = AddressTable.of(List.of(new AddressTable.Binding(compiled(type), "prod", false)));
        GatewayResponse response = flow.serve(
                        new GatewayRequest(
                                "GET",
                                "localhost",
                                "/prod",
                                null,
                                Headers.EMPTY,
                                new GatewayRequest.Client("127.0.0.1", "HTTP/1.1", "http", 80),
                                Payload.NONE,
                                Downstream.NONE),
                        addresses.find("localhost", "/prod").orElseThrow())
                .toCompletableFuture()
                .join();
        return ((GatewayResponse.Body.Stream) response.body()).stream();
    }

    private BodyStream body(boolean breaksOff) {
        BodyStream bytes = BodyStream.of(new byte[3]);
        return new BodyStream() {
            private boolean begun;

            @Override
            public CompletionStage<byte[]> next() {
                if (begun && breaksOff) {
                    return CompletableFuture.failedFuture(
                            new BackendException(BackendException.Reason.NETWORK, "gone"));
                }
                begun = true;
                return bytes.next();
            }

            @Override
            public void cancel() {
                cancelled = true;
            }
        };
    }

    private static CompiledStage compiled(EndpointType type) {
        Integration.Draft integration = Integration.draft();
        integration.type = IntegrationType.HTTP_PROXY;
        integration.uri = "http://backend.example.com/";
        integration.responseTransferMode = ResponseTransferMode.STREAM;
        Method.Draft method = Method.draft();
        method.httpMethod = "GET";
        method.methodIntegration = integration.build();
        RestApi.Draft api = RestApi.draft();
        api.id = "api";
        api.endpointConfiguration = new EndpointConfiguration(List.of(type), null, List.of());
        Stage.Draft stage = Stage.draft();
        stage.stageName = "prod";
        stage.deploymentId = "d1";
        stage.methodSettings =
                Map.of("*/*", MethodSetting.DEFAULTS.with(setting -> setting.loggingLevel = LoggingLevel.INFO));
        ApiDefinition definition = new ApiDefinition(
                api.build(),
                List.of(new Resource("root", null, null, "/", Map.of("GET", method.build()))),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of());
        return TestCompilers.compiler()
                .compile("api", definition, stage.build(), false)
                .fold(compiled -> compiled, problems -> {
                    throw new AssertionError(problems.toString());
                });
    }
}
