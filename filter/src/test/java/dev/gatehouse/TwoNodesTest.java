package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.controlplane.control.Caller;
import dev.gatehouse.controlplane.control.ControlResponse;
import dev.gatehouse.controlplane.store.JdbcStore;
import dev.gatehouse.controlplane.store.PostgresDatabases;
import dev.gatehouse.engine.lambda.FunctionContext;
import dev.gatehouse.engine.lambda.LambdaFunction;
import dev.gatehouse.http.Headers;
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
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two gateways on one database, as two nodes of a cluster are. */
class TwoNodesTest {

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
        Calls.await(() -> get(other, api).equals("first"));

        call(other, "DELETE", "/restapis/" + api + "/stages/prod", "", 202);
        Calls.await(() -> !get(one, api).equals("first"));
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
            Calls.await(() -> get(other, api, name).equals("first"));
            waited.add(Duration.ofNanos(System.nanoTime() - deployed));
        }
        waited.sort(null);
        assertThat(waited.get(2)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void authorizersAreAskedAgainOnTheOtherNodeWhenOneWasToldSo() throws Exception {
        String api = call(one, "POST", "/restapis", "mode=import", TestApis.GUARDED, 201)
                .path("id")
                .asText();
        call(one, "POST", "/restapis/" + api + "/deployments", "{\"stageName\":\"prod\"}", 201);
        Calls.await(() -> get(other, api).equals("guarded"));
        int before = asked.get();
        assertThat(get(other, api)).isEqualTo("guarded");
        assertThat(asked).hasValue(before);

        call(one, "DELETE", "/restapis/" + api + "/stages/prod/cache/authorizers", "", 202);
        Calls.await(() -> get(other, api).equals("guarded") && asked.get() > before);
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
                ControlResponse answer =
                        Calls.manage(node, "POST", parent, null, "{\"pathPart\":\"" + name + i + "\"}");
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
        return TestApis.allowing("somebody").getBytes(StandardCharsets.UTF_8);
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
        ControlResponse answer = Calls.manage(node, method, path, query, body);
        assertThat(answer.status()).as(Calls.text(answer)).isEqualTo(status);
        return Calls.json(answer);
    }

    private static String get(Gatehouse node, String api) {
        return get(node, api, "prod");
    }

    private static String get(Gatehouse node, String api, String stage) {
        return Calls.text(Calls.get(node, "/_aws/execute-api/" + api + "/" + stage, Headers.of("Authorization", "me")));
    }
}
