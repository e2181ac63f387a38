package dev.gatehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.engine.lambda.LambdaFunction;
import dev.gatehouse.engine.lambda.StreamingFunction;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayContext;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatehouseTest {

    private static final String CONFIGURATION = """
            apis:
              - restApiId: hello
                body: hello.yaml
                stages:
                  - {stageName: prod, servedAt: /, variables: {greeting: hello}}
                  - {stageName: dev, variables: {greeting: hi}}
            """;

    private static final String DOCUMENT = """
            openapi: 3.0.1
            info: {title: Hello, version: "1"}
            paths:
              /greeting:
                get:
                  responses: {"200": {description: ok}}
                  x-amazon-apigateway-integration:
                    type: mock
                    requestTemplates: {application/json: '{"statusCode": 200}'}
                    responses:
                      default: {statusCode: "200", responseTemplates: {application/json: "TEXT"}}
              /slow:
                get:
                  responses: {"200": {description: ok}}
                  x-amazon-apigateway-integration:
                    {type: http, httpMethod: GET, uri: "servlet:///slow", responses: {default: {statusCode: "200", responseTemplates: {application/json: "TEXT"}}}}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws Exception {
        write("gatehouse.yaml", CONFIGURATION);
        write("hello.yaml", DOCUMENT.replace("TEXT", "$stageVariables.greeting"));
    }

    @Test
    void aStageIsFoundByBasePathByNameByHostAndByBothPathForms() throws Exception {
        try (Gatehouse gateway = gateway()) {
            assertThat(answer(gateway, "localhost", "/greeting")).isEqualTo("200 hello");
            assertThat(answer(gateway, "localhost", "/dev/greeting")).isEqualTo("200 hi");
            assertThat(answer(gateway, "hello.execute-api.eu-west-1.amazonaws.com:443", "/dev/greeting"))
                    .isEqualTo("200 hi");
            assertThat(answer(gateway, "HELLO.execute-api.localhost", "/prod/greeting"))
                    .isEqualTo("200 hello");
            assertThat(answer(gateway, "localhost", "/_aws/execute-api/hello/dev/greeting"))
                    .isEqualTo("200 hi");
            assertThat(answer(gateway, "localhost", "/restapis/hello/dev/_user_request_/greeting"))
                    .isEqualTo("200 hi");
        }
    }

    @Test
    void whereNoStageIsEverybodyIsForbiddenToEnter() throws Exception {
        try (Gatehouse gateway = gateway()) {
            for (String path : List.of("/nope/greeting", "/prod%2fgreeting", "/", "/DEV/greeting")) {
                GatewayResponse response = serve(gateway, "hello.execute-api.localhost", path, Downstream.NONE)
                        .toCompletableFuture()
                        .join();
                assertThat(response.status() + " " + text(response))
                        .as(path)
                        .isEqualTo("403 {\"message\":\"Forbidden\"}");
                assertThat(response.headers().first("x-amzn-ErrorType")).isEqualTo("ForbiddenException");
            }
            assertThat(answer(gateway, "other.execute-api.localhost", "/dev/greeting"))
                    .startsWith("403");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/../admin",
                "/public/%2e%2e/admin",
                "/public/%2E./admin",
                "/a/.",
                "/a/..;/b",
                "/a\\b",
                "/a%00b",
                "/a%0d%0ab",
                "/a%0a",
                "/a%0D/b",
                "/a%09b",
                "/a%7fb",
                "/a\tb",
                "/a\nb",
                "/a\rb",
                "/a\u0000b",
                "/public/..%2fadmin",
                "/public%5c..%5Cadmin",
                "/public/..%3bx=1/admin",
                "/a%",
                "/a%zz",
                "/a#b",
                "/\u00fcber"
            })
    void aPathThatTwoReadersReadDifferentlyIsABadRequest(String path) throws Exception {
        try (Gatehouse gateway = gateway()) {
            assertThat(answer(gateway, "localhost", path)).isEqualTo("400 {\"message\":\"Bad Request\"}");
        }
    }

    @Test
    void everyProblemOfEveryFileIsReportedAtOnce() throws Exception {
        write("gatehouse.yaml", """
                apis:
                  - restApiId: hello
                    body: hello.yaml
                    stages: [{stageName: prod, tracingEnabled: true}]
                  - restApiId: other
                    body: missing.yaml
                    stages: [{stageName: prod}]
                  - restApiId: third
                    body: broken.yaml
                    stages: [{stageName: third, webAclArn: "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/x/1"}]
                functions:
                  - {functionName: f, handler: com.example.Nowhere}
                """);
        write("hello.yaml", DOCUMENT.replace("TEXT", "#if("));
        write("broken.yaml", DOCUMENT.replace("servlet:///slow", "gopher://x").replace("TEXT", "#foreach("));

        InvalidConfigurationException refused =
                catchThrowableOfType(InvalidConfigurationException.class, this::gateway);

        assertThat(refused.problems())
                .extracting(Problem::toString)
                .anyMatch(problem -> problem.contains("tracingEnabled"))
                .anyMatch(problem -> problem.contains("webAclArn"))
                .anyMatch(problem -> problem.contains("missing.yaml"))
                .anyMatch(problem -> problem.contains("com.example.Nowhere"))
                .anyMatch(
                        problem -> problem.startsWith("hello.yaml#/paths/~1greeting/get/x-amazon-apigateway-integration"
                                + "/responses/default/responseTemplates/application~1json"))
                .anyMatch(problem -> problem.startsWith("broken.yaml#/paths/~1greeting/get"))
                .anyMatch(problem -> problem.contains("/paths/~1slow/get/x-amazon-apigateway-integration/uri"));
        assertThat(refused).hasMessageContaining("problems:\n");
    }

    @Test
    void twoStagesAtOnePlaceAreAProblem() throws Exception {
        write("gatehouse.yaml", """
                apis:
                  - {restApiId: one, body: hello.yaml, stages: [{stageName: prod}]}
                  - {restApiId: two, body: hello.yaml, stages: [{stageName: prod}]}
                """);

        assertThat(catchThrowableOfType(InvalidConfigurationException.class, this::gateway))
                .hasMessageContaining("two/prod would be served at /prod, as one/prod is");
    }

    @Test
    void aBrokenRedeploymentChangesNothing() throws Exception {
        try (Gatehouse gateway = gateway()) {
            List<StageListing> before = gateway.stages();
            write("hello.yaml", DOCUMENT.replace("TEXT", "#foreach("));

            List<Problem> problems = gateway.redeploy();

            assertThat(problems).isNotEmpty();
            assertThat(gateway.stages()).isEqualTo(before);
            assertThat(answer(gateway, "localhost", "/greeting")).isEqualTo("200 hello");

            write("hello.yaml", DOCUMENT.replace("TEXT", "mended"));
            assertThat(gateway.redeploy()).isEmpty();
            assertThat(answer(gateway, "localhost", "/greeting")).isEqualTo("200 mended");
            assertThat(gateway.stages().get(0).deploymentId())
                    .isNotEqualTo(before.get(0).deploymentId());
        }
    }

    @Test
    void aCallUnderWayFinishesOnTheDeploymentItBeganWith() throws Exception {
        try (Gatehouse gateway = gateway()) {
            SlowApplication application = new SlowApplication();
            CompletionStage<GatewayResponse> underWay = serve(gateway, "localhost", "/slow", application);
            write("hello.yaml", DOCUMENT.replace("TEXT", "new"));
            assertThat(gateway.redeploy()).isEmpty();

            application.reply.complete(new BackendReply(200, Headers.EMPTY, new byte[0]));

            assertThat(text(underWay.toCompletableFuture().join())).isEqualTo("hello");
            assertThat(answer(gateway, "localhost", "/greeting")).isEqualTo("200 new");
        }
    }

    @Test
    void aFunctionUnderWayFinishesAlthoughItsDeploymentIsReplaced() throws Exception {
        CompletableFuture<String> word = new CompletableFuture<>();
        LambdaFunction slow = (payload, context) -> ("\"" + word.get(20, TimeUnit.SECONDS) + "\"").getBytes(UTF_8);
        write("hello.yaml", """
                swagger: "2.0"
                info: {title: Hello, version: "1"}
                paths:
                  /slow:
                    get:
                      x-amazon-apigateway-integration:
                        type: aws
                        httpMethod: POST
                        uri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/slow/invocations"
                        responses: {default: {statusCode: "200"}}
                """);
        try (Gatehouse gateway = Gatehouse.builder()
                .configuration("gatehouse.yaml", DocumentSource.folder(folder))
                .function("slow", () -> slow, LambdaFunction.class, Duration.ofSeconds(20), 128)
                .build()) {
            CompletionStage<GatewayResponse> underWay = serve(gateway, "localhost", "/slow", Downstream.NONE);
            assertThat(gateway.redeploy()).isEmpty();

            word.complete("done");

            assertThat(text(underWay.toCompletableFuture().get(20, TimeUnit.SECONDS)))
                    .isEqualTo("\"done\"");
        }
    }

    @Test
    void functionThatAnswersByAValueCannotStream() throws Exception {
        write("gatehouse.yaml", CONFIGURATION);
        write("hello.yaml", """
                swagger: "2.0"
                info: {title: Hello, version: "1"}
                paths:
                  /value:
                    get: {x-amazon-apigateway-integration: {type: aws_proxy, responseTransferMode: STREAM, uri: "arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/value/response-streaming-invocations"}}
                  /bits:
                    get: {x-amazon-apigateway-integration: {type: aws_proxy, responseTransferMode: STREAM, uri: "arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/bits/response-streaming-invocations"}}
                """);
        RequestHandler<String, String> value = new RequestHandler<>() {
            @Override
            public String handleRequest(String event, Context context) {
                return event;
            }
        };
        StreamingFunction bits = (payload, answer, context) -> answer.write(payload);

        InvalidConfigurationException refused = catchThrowableOfType(
                InvalidConfigurationException.class,
                () -> Gatehouse.builder()
                        .configuration("gatehouse.yaml", DocumentSource.folder(folder))
                        .function("value", () -> value, value.getClass())
                        .function("bits", () -> bits, StreamingFunction.class)
                        .build());

        assertThat(refused.problems())
                .singleElement()
                .asString()
                .contains("/~1value/get/")
                .endsWith("responseTransferMode: function value answers with a value and cannot stream:"
                        + " it must be a RequestStreamHandler or a StreamingFunction");
    }

    @Test
    void permissionForALambdaEndpointSaysNothingOfOtherPortsOfItsHost() throws Exception {
        write("gatehouse.yaml", CONFIGURATION + """
                functions:
                  - {functionName: remote, endpoint: "http://localhost:9"}
                """);
        String integration = "{type: http_proxy, httpMethod: GET, uri: \"http://localhost:PORT/\"}";
        write("hello.yaml", """
                swagger: "2.0"
                info: {title: Hello, version: "1"}
                paths:
                  /endpoint:
                    get: {x-amazon-apigateway-integration: NINE}
                  /other:
                    get: {x-amazon-apigateway-integration: TEN}
                """.replace("NINE", integration.replace("PORT", "9"))
                .replace("TEN", integration.replace("PORT", "10")));
        try (Gatehouse gateway = gateway()) {
            assertThat(answer(gateway, "localhost", "/endpoint"))
                    .startsWith("504")
                    .contains("Network error");
            assertThat(answer(gateway, "localhost", "/other")).startsWith("500");
        }
    }

    private static final class SlowApplication implements Downstream {

        final CompletableFuture<BackendReply> reply = new CompletableFuture<>();

        @Override
        public CompletionStage<GatewayResponse> stream(
                GatewayContext context, BackendRequest call, UnaryOperator<Headers> head) {
            throw new AssertionError("the route is not a proxy");
        }

        @Override
        public CompletionStage<BackendReply> exchange(GatewayContext context, BackendRequest call) {
            return reply;
        }

        @Override
        public CompletionStage<GatewayResponse> pass() {
            throw new AssertionError("nothing passes");
        }
    }

    private Gatehouse gateway() {
        return Gatehouse.builder()
                .configuration("gatehouse.yaml", DocumentSource.folder(folder))
                .build();
    }

    private static String answer(Gatehouse gateway, String host, String path) {
        GatewayResponse response = serve(gateway, host, path, Downstream.NONE)
                .toCompletableFuture()
                .join();
        return response.status() + " " + text(response);
    }

    private static CompletionStage<GatewayResponse> serve(
            Gatehouse gateway, String host, String path, Downstream downstream) {
        return gateway.serve(new GatewayRequest(
                "GET",
                host,
                path,
                null,
                Headers.EMPTY,
                new GatewayRequest.Client("127.0.0.1", "HTTP/1.1", "http", 80),
                Payload.NONE,
                downstream));
    }

    private static String text(GatewayResponse response) {
        return new String(((GatewayResponse.Body.Bytes) response.body()).bytes(), StandardCharsets.UTF_8);
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name), text);
    }
}
