package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.controlplane.control.Caller;
import dev.gatehouse.controlplane.control.ControlResponse;
import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.controlplane.store.Key;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Definitions of the configuration and of the control plane, side by side. */
class DeclaredAndControlledTest {

    private static final String CONFIGURATION = """
            apis:
              - restApiId: hello
                body: hello.yaml
                stages:
                  - {stageName: prod}
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
                    responses: {default: {statusCode: "200"}}
            """;

    private final InMemoryStore store = new InMemoryStore();
    private Gatehouse gateway = start();

    private Gatehouse start() {
        return Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream((name.equals("hello.yaml") ? DOCUMENT : CONFIGURATION)
                                .getBytes(StandardCharsets.UTF_8)))
                .controlPlane(store, (request, tags) -> new Caller("somebody", "us-east-1"))
                .build();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void whatTheConfigurationDeclaresIsSeenWithItsStages() {
        assertThat(Calls.text(call("GET", "/restapis", null, ""))).contains("\"id\":\"hello\"", "\"name\":\"Hello\"");
        assertThat(Calls.text(call("GET", "/restapis/hello/stages", null, ""))).contains("\"stageName\":\"prod\"");
        assertThat(Calls.text(call("GET", "/restapis/hello/resources", "embed=methods", "")))
                .contains("\"path\":\"/greeting\"", "\"type\":\"MOCK\"");
    }

    @Test
    void whatTheConfigurationDeclaresCannotBeChanged() {
        for (ControlResponse refused : new ControlResponse[] {
            call("DELETE", "/restapis/hello", null, ""),
            call("DELETE", "/restapis/hello/stages/prod", null, ""),
            call("POST", "/restapis/hello/deployments", null, "{\"stageName\":\"other\"}"),
            call(
                    "PATCH",
                    "/restapis/hello",
                    null,
                    "{\"patchOperations\":[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"x\"}]}")
        }) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(Calls.text(refused)).contains("REST API hello is declared in the configuration");
        }
        assertThat(gateway.stages()).extracting(StageListing::restApiId).containsExactly("hello");
    }

    @Test
    void listsHaveBothAndEnd() {
        call("POST", "/restapis", null, "{\"name\":\"one\"}");
        call("POST", "/restapis", null, "{\"name\":\"two\"}");

        String first = Calls.text(call("GET", "/restapis", "limit=2", ""));
        assertThat(first).contains("\"two\"", "\"one\"", "position").doesNotContain("Hello");
        String position = first.replaceAll(".*\"position\":\"([^\"]*)\".*", "$1");
        assertThat(Calls.text(call("GET", "/restapis", "limit=2&position=" + position, "")))
                .contains("Hello")
                .doesNotContain("\"one\"", "position");
    }

    @Test
    void whatWasDeployedIsServedAgainAfterARestart() {
        String created = Calls.text(call("POST", "/restapis", null, "{\"name\":\"clone\",\"cloneFrom\":\"hello\"}"));
        String id = created.replaceAll(".*\"id\":\"([a-z0-9]*)\".*", "$1");
        assertThat(call("POST", "/restapis/" + id + "/deployments", null, "{\"stageName\":\"prod\"}")
                        .status())
                .isEqualTo(201);
        gateway.close();

        gateway = start();

        assertThat(gateway.stages()).extracting(StageListing::restApiId).containsExactlyInAnyOrder("hello", id);
        assertThat(gateway.redeploy()).isEmpty();
        assertThat(gateway.stages()).extracting(StageListing::restApiId).containsExactlyInAnyOrder("hello", id);
    }

    @Test
    void anotherNodeServesWhatThisOneDeploysAndForgetsWhatItDeletes() {
        Gatehouse other = start();
        try {
            String created =
                    Calls.text(call("POST", "/restapis", null, "{\"name\":\"clone\",\"cloneFrom\":\"hello\"}"));
            String id = created.replaceAll(".*\"id\":\"([a-z0-9]*)\".*", "$1");
            call("POST", "/restapis/" + id + "/deployments", null, "{\"stageName\":\"prod\"}");
            other.controlPlane().orElseThrow().refresh();
            assertThat(other.stages()).extracting(StageListing::restApiId).contains(id);

            call("DELETE", "/restapis/" + id, null, "");
            assertThat(gateway.stages()).extracting(StageListing::restApiId).containsExactly("hello");
            other.controlPlane().orElseThrow().refresh();
            assertThat(other.stages()).extracting(StageListing::restApiId).containsExactly("hello");
            List<Entry> frozen = store.read(reading -> reading.list("us-east-1/frozen", id));
            assertThat(frozen).isEmpty();
        } finally {
            other.close();
        }
    }

    @Test
    void anApiOfTheStoreWithTheIdOfADeclaredOneIsHidden() {
        store.write(writing ->
                writing.put(Key.of("us-east-1/restapi", "hello"), "{\"restApi\":{\"id\":\"hello\",\"name\":\"Old\"}}"));

        assertThat(Calls.text(call("GET", "/restapis", null, "")))
                .contains("Hello")
                .doesNotContain("Old");
    }

    private ControlResponse call(String method, String path, String query, String body) {
        return Calls.manage(gateway, method, path, query, body);
    }
}
