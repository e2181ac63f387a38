package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.controlplane.control.Caller;
import dev.gatehouse.controlplane.control.ControlResponse;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.http.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys and usage plans of the configuration, as the control plane shows them, and beside those that it keeps itself. */
class DeclaredPlansTest {

    private static final String VALUE = "the-value-of-the-declared-key";
    private static final String CONFIGURATION = """
            apis:
              - {restApiId: hello, body: hello.yaml, stages: [{stageName: prod}]}
            apiKeys:
              - {id: press, name: The press, value: {property: DeclaredPlansTest.key}}
            usagePlans:
              - id: free
                name: Free of charge
                apiStages: [{apiId: hello, stage: prod}]
                quota: {limit: 2, period: MONTH}
                keys: [press]
            """;

    private final InMemoryStore store = new InMemoryStore();
    private String configuration = CONFIGURATION;
    private Gatehouse gateway;

    @BeforeEach
    void start() {
        System.setProperty("DeclaredPlansTest.key", VALUE);
        gateway = Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream((name.equals("hello.yaml") ? TestApis.KEYED : configuration)
                                .getBytes(StandardCharsets.UTF_8)))
                .controlPlane(store, (request, tags) -> new Caller("somebody", "us-east-1"))
                .build();
    }

    @AfterEach
    void stop() {
        gateway.close();
        System.clearProperty("DeclaredPlansTest.key");
    }

    @Test
    void whatIsDeclaredIsShownAndItsValueNowhere() throws IOException {
        assertThat(get("/apikeys", "includeValues=true").at("/item/0/name").textValue())
                .isEqualTo("The press");
        assertThat(get("/apikeys/press", "includeValue=true").at("/enabled").booleanValue())
                .isTrue();
        assertThat(get("/usageplans", null).at("/item/0/quota/limit").intValue())
                .isEqualTo(2);
        assertThat(get("/usageplans", "keyId=press").at("/item/0/id").textValue())
                .isEqualTo("free");
        assertThat(get("/usageplans/free", null).at("/apiStages/0/apiId").textValue())
                .isEqualTo("hello");
        assertThat(get("/usageplans/free/keys", null).at("/item/0/id").textValue())
                .isEqualTo("press");
        assertThat(get("/usageplans/free/keys/press", null).at("/name").textValue())
                .isEqualTo("The press");
        for (String path :
                List.of("/apikeys", "/apikeys/press", "/usageplans/free/keys", "/usageplans/free/keys/press")) {
            assertThat(get(path, "includeValues=true&includeValue=true").toString())
                    .doesNotContain(VALUE)
                    .doesNotContain("\"value\"");
        }
    }

    /** A role is kept in the store, the throttle is not: it is that of the configuration at any time. */
    @Test
    void theAccountShowsTheThrottleThatIsEnforced() throws IOException {
        assertThat(get("/account", null).at("/throttleSettings").toString())
                .isEqualTo("{\"burstLimit\":5000,\"rateLimit\":10000.0}");
        configuration = CONFIGURATION + "accountThrottle: {rateLimit: 0.001, burstLimit: 1}\n";
        assertThat(gateway.redeploy()).isEmpty();

        String role = "{\"patchOperations\":[{\"op\":\"replace\",\"path\":\"/cloudwatchRoleArn\","
                + "\"value\":\"arn:aws:iam::111111111111:role/logs\"}]}";
        for (JsonNode shown : List.of(get("/account", null), Calls.json(call("PATCH", "/account", null, role)))) {
            assertThat(shown.at("/throttleSettings").toString()).isEqualTo("{\"burstLimit\":1,\"rateLimit\":0.001}");
        }
        assertThat(List.of(called(VALUE), called(VALUE))).containsExactly(200, 429);

        configuration = CONFIGURATION + "accountThrottle: {rateLimit: 0, burstLimit: 0}\n";
        assertThat(gateway.redeploy()).isEmpty();
        assertThat(get("/account", null).at("/throttleSettings").toString())
                .isEqualTo("{\"burstLimit\":0,\"rateLimit\":0.0}");
        assertThat(get("/account", null).at("/cloudwatchRoleArn").textValue()).endsWith("role/logs");
    }

    @Test
    void whatIsDeclaredCannotBeChanged() {
        String rename = "{\"patchOperations\":[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"x\"}]}";
        String plan = Calls.text(call("POST", "/usageplans", null, "{\"name\":\"own\"}"))
                .replaceAll(".*\"id\":\"(\\w+)\".*", "$1");
        for (ControlResponse refused : List.of(
                call("DELETE", "/apikeys/press", null, ""),
                call("PATCH", "/apikeys/press", null, rename),
                call("POST", "/usageplans/" + plan + "/keys", null, "{\"keyId\":\"press\",\"keyType\":\"API_KEY\"}"),
                call("DELETE", "/usageplans/free/keys/press", null, ""))) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(Calls.text(refused)).contains("API Key press is declared in the configuration of the gateway");
        }
        for (ControlResponse refused : List.of(
                call("DELETE", "/usageplans/free", null, ""), call("PATCH", "/usageplans/free", null, rename))) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(Calls.text(refused)).contains("Usage Plan free is declared in the configuration of the gateway");
        }
        assertThat(Calls.text(call("POST", "/apikeys", null, "{\"value\":\"" + VALUE + "\"}")))
                .contains("API Key already exists");
        assertThat(called(VALUE)).isEqualTo(200);
    }

    @Test
    void usageOfDeclaredPlansIsToldAndExtended() throws IOException {
        assertThat(List.of(called(VALUE), called(VALUE), called(VALUE))).containsExactly(200, 200, 429);

        JsonNode extended = Calls.json(call(
                "PATCH",
                "/usageplans/free/keys/press/usage",
                null,
                "{\"patchOperations\":[{\"op\":\"replace\",\"path\":\"/remaining\",\"value\":\"1\"}]}"));

        assertThat(extended.at("/values/press/0").toString()).isEqualTo("[2,1]");
        assertThat(List.of(called(VALUE), called(VALUE))).containsExactly(200, 429);
    }

    @Test
    void aKeyOfTheControlPlaneJoinsADeclaredPlanAndLeavesIt() throws IOException {
        String value = "a-value-that-somebody-chose";
        String id = Calls.json(call("POST", "/apikeys", null, "{\"enabled\":true,\"value\":\"" + value + "\"}"))
                .at("/id")
                .textValue();
        assertThat(called(value)).isEqualTo(403);

        call("POST", "/usageplans/free/keys", null, "{\"keyId\":\"" + id + "\",\"keyType\":\"API_KEY\"}");
        assertThat(List.of(called(value), called(value), called(value))).containsExactly(200, 200, 429);
        assertThat(called(VALUE)).as("the declared key has a quota of its own").isEqualTo(200);
        assertThat(get("/usageplans/free/keys", null).at("/item").findValuesAsText("id"))
                .containsExactly(id, "press");

        assertThat(call("DELETE", "/usageplans/free/keys/" + id, null, "").status())
                .isEqualTo(202);
        assertThat(called(value)).isEqualTo(403);
    }

    @Test
    void aPlanThatIsNotDeclaredAnyMoreIsNowhere() throws IOException {
        String value = "a-value-that-somebody-chose";
        String id = Calls.json(call("POST", "/apikeys", null, "{\"enabled\":true,\"value\":\"" + value + "\"}"))
                .at("/id")
                .textValue();
        call("POST", "/usageplans/free/keys", null, "{\"keyId\":\"" + id + "\",\"keyType\":\"API_KEY\"}");
        configuration = CONFIGURATION.substring(0, CONFIGURATION.indexOf("apiKeys:"));

        assertThat(gateway.redeploy()).isEmpty();

        assertThat(called(value)).isEqualTo(403);
        assertThat(called(VALUE)).isEqualTo(403);
        assertThat(get("/usageplans", "keyId=" + id).at("/item")).isEmpty();
        assertThat(get("/apikeys", null).at("/item").findValuesAsText("id")).containsExactly(id);
    }

    @Test
    void aKeyOfTheStoreWithTheIdOfADeclaredOneIsHiddenAndOpensNothing() throws IOException {
        String value = "an-old-value-of-the-same-id";
        gateway.close();
        store.write(writing -> {
            writing.put(Key.of("region", "us-east-1"), "{}");
            writing.put(Key.of("us-east-1/access", "apikey/press"), "{}");
            writing.put(new Key("us-east-1/planofkey", "press", "free"), "{}");
            return writing.put(
                    Key.of("us-east-1/apikey", "press"),
                    "{\"id\":\"press\",\"name\":\"Old\",\"enabled\":true,\"value\":\"" + value + "\"}");
        });
        start();

        assertThat(called(value)).isEqualTo(403);
        assertThat(called(VALUE)).isEqualTo(200);
        assertThat(get("/apikeys", null).toString()).contains("The press").doesNotContain("Old");
    }

    private int called(String key) {
        return Calls.get(gateway, "/prod/greeting", Headers.of("x-api-key", key))
                .status();
    }

    private JsonNode get(String path, String query) throws IOException {
        ControlResponse response = call("GET", path, query, "");
        assertThat(response.status()).as(path).isEqualTo(200);
        return Calls.json(response);
    }

    private ControlResponse call(String method, String path, String query, String body) {
        return Calls.manage(gateway, method, path, query, body);
    }
}
