package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.controlplane.control.Caller;
import dev.gatehouse.controlplane.control.ControlRequest;
import dev.gatehouse.controlplane.control.ControlResponse;
import dev.gatehouse.controlplane.store.JdbcStore;
import dev.gatehouse.controlplane.store.PostgresServer;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two gateways on one database, as two nodes of a cluster are. */
class TwoNodesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** With the default interval it is less than two; machines that build are busy. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static PostgresServer server;
    private static int tests;

    private Gatehouse one;
    private Gatehouse other;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(PostgresServer.installed(), "PostgreSQL is not installed (package postgresql)");
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void connect() throws Exception {
        DataSource database = server.emptySchema("nodes" + ++tests);
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

    private static Gatehouse node(DataSource database) {
        return Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream("unmatched: refuse\n".getBytes(StandardCharsets.UTF_8)))
                .controlPlane(JdbcStore.of(database), (request, tags) -> new Caller("somebody", "us-east-1"))
                .build();
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
        GatewayResponse answer = node.serve(new GatewayRequest(
                        "GET",
                        "127.0.0.1",
                        "/_aws/execute-api/" + api + "/prod",
                        null,
                        Headers.of("Host", "127.0.0.1"),
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
