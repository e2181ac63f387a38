package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.controlplane.control.Caller;
import dev.gatehouse.controlplane.control.ControlRequest;
import dev.gatehouse.controlplane.control.ControlResponse;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.http.Headers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log tells of methods that a stranger may call, whichever way they come to be served. */
class ExposureReportTest {

    private static final String CONFIGURATION =
            "apis: [{restApiId: hello, body: hello.yaml, stages: [{stageName: prod}, {stageName: test}]}]\n";

    private static final String DOCUMENT = """
            openapi: 3.0.1
            info: {title: Hello, version: "1"}
            components: {securitySchemes: {key: {type: apiKey, name: x-api-key, in: header}}}
            paths:
              /open: {get: {x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: "200"}}}}}
              /counted: {get: {security: [{key: []}], x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: "200"}}}}}
            """;

    private Gatehouse gateway;

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    private Gatehouse start(Map<String, String> documents) {
        gateway = Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream(documents.get(name).getBytes(StandardCharsets.UTF_8)))
                .controlPlane(new InMemoryStore(), (request, tags) -> new Caller("somebody", "us-east-1"))
                .build();
        return gateway;
    }

    /** The log of the tests goes there, and nothing else of interest does. */
    private static String logOf(Callable<?> action) throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            action.call();
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }

    @Test
    void startNamesWhatTheConfigurationLeavesOpen() throws Exception {
        String log = logOf(() -> start(Map.of("gatehouse.yaml", CONFIGURATION, "hello.yaml", DOCUMENT)));

        assertThat(log)
                .contains(
                        "hello: anyone may call GET /open\n", "hello: an API key is all that protects GET /counted\n");
    }

    @Test
    void eachDeploymentOfTheControlPlaneNamesWhatItLeavesOpen() throws Exception {
        start(Map.of("gatehouse.yaml", "{}"));
        String api = value(call("POST", "/restapis", "{\"name\":\"pets\"}"), "id");
        String root = value(call("GET", "/restapis/" + api + "/resources", ""), "id");
        String method = "/restapis/" + api + "/resources/" + root + "/methods/GET";
        call("PUT", method, "{\"authorizationType\":\"AWS_IAM\"}");
        call("PUT", method + "/integration", "{\"type\":\"MOCK\"}");
        String deployments = "/restapis/" + api + "/deployments";
        String stage = "/restapis/" + api + "/stages/prod";

        assertThat(logOf(() -> call("POST", deployments, "{\"stageName\":\"prod\"}")))
                .doesNotContain("anyone may call", "an API key is all");

        call("PATCH", method, patch("/authorizationType", "NONE"));
        String[] open = new String[1];
        assertThat(logOf(() -> open[0] = value(call("POST", deployments, "{}"), "id")))
                .as("nobody is served by a deployment without a stage")
                .doesNotContain("anyone may call");
        assertThat(logOf(() -> call("PATCH", stage, patch("/deploymentId", open[0]))))
                .contains(api + "/prod: anyone may call GET /\n");
        assertThat(logOf(() -> call("PATCH", stage, patch("/variables/color", "red"))))
                .as("once for a deployment is enough")
                .doesNotContain("anyone may call");

        call("PATCH", method, patch("/apiKeyRequired", "true"));
        String canary = "{\"stageName\":\"prod\",\"canarySettings\":{\"percentTraffic\":5}}";
        assertThat(logOf(() -> call("POST", deployments, canary)))
                .contains(api + "/prod (canary): an API key is all that protects GET /\n")
                .doesNotContain("anyone may call");
        assertThat(logOf(() -> call("PATCH", stage, patch("/canarySettings/percentTraffic", "6"))))
                .doesNotContain("an API key is all");
    }

    @Test
    void authorizationThatCannotBeEnforcedDoesNotStart() {
        String document = """
                openapi: 3.0.1
                info: {title: Hello, version: "1"}
                components:
                  securitySchemes:
                    gate: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: custom}
                    signed: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv5}
                    basic: {type: http, scheme: basic}
                paths:
                  /gate: {get: {security: [{gate: []}], x-amazon-apigateway-integration: {type: mock}}}
                  /nobody: {get: {security: [{nobody: []}], x-amazon-apigateway-integration: {type: mock}}}
                  /signed: {get: {security: [{signed: []}], x-amazon-apigateway-integration: {type: mock}}}
                  /basic: {get: {security: [{basic: []}], x-amazon-apigateway-integration: {type: mock}}}
                """;

        InvalidConfigurationException refused = catchThrowableOfType(
                InvalidConfigurationException.class,
                () -> start(Map.of("gatehouse.yaml", CONFIGURATION, "hello.yaml", document)));

        for (String place : List.of("gate", "nobody", "signed", "basic")) {
            assertThat(refused.problems())
                    .extracting(Problem::toString)
                    .as(place)
                    .anyMatch(problem -> problem.startsWith("hello.yaml#") && problem.contains(place));
        }
    }

    private static String patch(String path, String value) {
        return "{\"patchOperations\":[{\"op\":\"replace\",\"path\":\"" + path + "\",\"value\":\"" + value + "\"}]}";
    }

    private static String value(ControlResponse response, String member) {
        return new String(response.body(), StandardCharsets.UTF_8)
                .replaceAll("(?s).*\"" + member + "\":\"([a-z0-9]*)\".*", "$1");
    }

    private ControlResponse call(String method, String path, String body) {
        ControlResponse response = gateway.controlPlane()
                .orElseThrow()
                .answer(new ControlRequest(
                        method,
                        path,
                        path,
                        null,
                        Headers.EMPTY,
                        body.getBytes(StandardCharsets.UTF_8),
                        "127.0.0.1",
                        false));
        assertThat(response.status())
                .as(() -> method + " " + path + ": " + new String(response.body(), StandardCharsets.UTF_8))
                .isLessThan(300);
        return response;
    }
}
