package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.controlplane.control.Caller;
import dev.gatehouse.controlplane.control.ControlRequest;
import dev.gatehouse.controlplane.control.ControlResponse;
import dev.gatehouse.controlplane.store.JdbcStore;
import dev.gatehouse.controlplane.store.PostgresDatabases;
import dev.gatehouse.engine.lambda.FunctionContext;
import dev.gatehouse.engine.lambda.LambdaFunction;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two gateways on one database, as two nodes of a cluster are. */
class TwoNodesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** With the default interval it is less than two; machines that build are busy. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String GUARDED = """
            {"swagger": "2.0", "info": {"title": "guarded", "version": "1"},
             "securityDefinitions": {"guard": {
               "type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "custom",
               "x-amazon-apigateway-authorizer": {"type": "token", "authorizerUri":
                 "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:guard/invocations"}}},
             "paths": {"/": {"get": {
               "security": [{"guard": []}],
               "responses": {"200": {"description": "ok"}},
               "x-amazon-apigateway-integration": {
                 "type": "mock",
                 "requestTemplates": {"application/json": "{\\"statusCode\\": 200}"},
                 "responses": {"default": {
                   "statusCode": "200",
                   "responseTemplates": {"application/json": "guarded"}}}}}}}}
            """;

    @RegisterExtension
    static final PostgresDatabases DATABASES = new PostgresDatabases();

    private Gatehouse one;
    private Gatehouse other;

    /** How often the authorizer of both was asked. */
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void connect() throws Exception {
        DataSource database = DATABASES.next();
        one = node(database);
        other = node(database);
    }

    @AfterEach
    void disconnect() {
        one.close();
        other.close();
    }

    @Test
    void deploymentOnOneNodeServesOnTheOtherAndADeletedStageDoesNot() throws Exception {
        String api = mock(one, "first");
        call(one, "POST", "/restapis/" + api + "/deployments", "{\"stageName\":\"prod\"}", 201);
        assertThat(get(one, api)).isEqualTo("first");
        await(() -> get(other, api).equals("first"));

        call(other, "DELETE", "/restapis/" + api + "/stages/prod", "", 202);
        await(() -> !get(one, api).equals("first"));
    }

    /** Five times, as a machine that builds may be busy for one of them. */
    @Test
    void otherNodeFollowsWithinTwoSeconds() throws Exception {
        String api = mock(one, "first");
        List<Duration> waited = new ArrayList<>();
        for (int stage = 0; stage < 5; stage++) {
            String name = "stage" + stage;
            call(one, "POST", "/restapis/" + api + "/deployments", "{\"stageName\":\"" + name + "\"}", 201);
            long deployed = System.nanoTime();
            await(() -> get(other, api, name).equals("first"));
            waited.add(Duration.ofNanos(System.nanoTime() - deployed));
        }
        waited.sort(null);
        assertThat(waited.get(2)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void authorizersAreAskedAgainOnTheOtherNodeWhenOneWasToldSo() throws Exception {
        String api = call(one, "POST", "/restapis", "mode=import", GUARDED, 201)
                .path("id")
                .asText();
        call(one, "POST", "/restapis/" + api + "/deployments", "{\"stageName\":\"prod\"}", 201);
        await(() -> get(other, api).equals("guarded"));
        int before = asked.get();
        assertThat(get(other, api)).isEqualTo("guarded");
        assertThat(asked).hasValue(before);

        call(one, "DELETE", "/restapis/" + api + "/stages/prod/cache/authorizers", "", 202);
        await(() -> get(other, api).equals("guarded") && asked.get() > before);
    }

    @Test
    void changesOfOneApiOnBothNodesAreAllThere() throws Exception {
        JsonNode created = call(one, "POST", "/restapis", "{\"name\":\"shop\"}", 201);
        String resources = "/restapis/" + created.path("id").asText() + "/resources";
        String parent = resources + "/" + created.path("rootResourceId").asText();

        Set<String> made = new HashSet<>();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Set<String>>> both =
                    threads.invokeAll(List.of(children(one, parent, "one"), children(other, parent, "other")));
            for (Future<Set<String>> node : both) {
                made.addAll(node.get());
            }
        } finally {
            threads.shutdownNow();
        }

        Set<String> found = new HashSet<>();
        call(other, "GET", resources, "limit=500", "", 200)
                .path("item")
                .forEach(resource -> found.add(resource.path("pathPart").asText("/")));
        assertThat(made).isNotEmpty();
        made.add("/");
        assertThat(found).isEqualTo(made);
    }

    /** Creates what it can; the only excuse is that others were in the way. */
    private static Callable<Set<String>> children(Gatehouse node, String parent, String name) {
        return () -> {
            Set<String> made = new HashSet<>();
            for (int i = 0; i < 15; i++) {
                ControlResponse answer = answer(node, "POST", parent, null, "{\"pathPart\":\"" + name + i + "\"}");
                assertThat(answer.status()).isIn(201, 409);
                if (answer.status() == 201) {
                    made.add(name + i);
                } else {
                    assertThat(answer.headers().first("x-amzn-ErrorType")).isEqualTo("ConflictException");
                }
            }
            return made;
        };
    }

    private Gatehouse node(DataSource database) {
        return Gatehouse.builder()
                .function("guard", () -> (LambdaFunction) this::allow, LambdaFunction.class)
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream("unmatched: refuse\n".getBytes(StandardCharsets.UTF_8)))
                .controlPlane(JdbcStore.of(database), (request, tags) -> new Caller("somebody", "us-east-1"))
                .build();
    }

    private byte[] allow(byte[] event, FunctionContext context) {
        asked.incrementAndGet();
        return """
                {"principalId": "somebody", "policyDocument": {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}]}}
                """.getBytes(StandardCharsets.UTF_8);
    }

    private static String mock(Gatehouse node, String text) throws Exception {
        String document = """
                {"swagger": "2.0", "info": {"title": "shared", "version": "1"}, "paths": {"/": {"get": {
                  "responses": {"200": {"description": "ok"}},
                  "x-amazon-apigateway-integration": {
                    "type": "mock",
                    "requestTemplates": {"application/json": "{\\"statusCode\\": 200}"},
                    "responses": {"default": {
                      "statusCode": "200",
                      "responseTemplates": {"application/json": "%s"}}}}}}}}
                """.formatted(text);
        return call(node, "POST", "/restapis", "mode=import", document, 201)
                .path("id")
                .asText();
    }

    private static JsonNode call(Gatehouse node, String method, String path, String body, int status) throws Exception {
        return call(node, method, path, null, body, status);
    }

    private static JsonNode call(Gatehouse node, String method, String path, String query, String body, int status)
            throws Exception {
        ControlResponse answer = answer(node, method, path, query, body);
        assertThat(answer.status())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(status);
        return answer.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    private static ControlResponse answer(Gatehouse node, String method, String path, String query, String body) {
        return node.controlPlane()
                .orElseThrow()
                .answer(new ControlRequest(
                        method,
                        path,
                        path,
                        query,
                        Headers.EMPTY,
                        body.getBytes(StandardCharsets.UTF_8),
                        "127.0.0.1",
                        false));
    }

    private static String get(Gatehouse node, String api) {
        return get(node, api, "prod");
    }

    private static String get(Gatehouse node, String api, String stage) {
        GatewayResponse answer = node.serve(new GatewayRequest(
                        "GET",
                        "127.0.0.1",
                        "/_aws/execute-api/" + api + "/" + stage,
                        null,
                        Headers.of("Host", "127.0.0.1", "Authorization", "me"),
                        new GatewayRequest.Client("127.0.0.1", "HTTP/1.1", "http", 80),
                        Payload.of(new byte[0]),
                        Downstream.NONE))
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        return new String(((GatewayResponse.Body.Bytes) answer.body()).bytes(), StandardCharsets.UTF_8);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("time within which a node sees the other")
                    .isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
