package dev.gatehouse.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordsTest {

    @Test
    void mapsKeepTheOrderInWhichTheyCame() {
        Map<String, String> templates = new LinkedHashMap<>();
        List<String> types = List.of("text/xml", "application/json", "a/b", "text/plain", "z/z", "application/xml");
        types.forEach(type -> templates.put(type, type));

        Integration integration = Integration.draft().build().with(draft -> draft.requestTemplates = templates);

        assertThat(integration.requestTemplates().keySet()).containsExactlyElementsOf(types);
    }

    @Test
    void collectionsAreCopiedAndCannotBeChanged() {
        Map<String, String> tags = new HashMap<>(Map.of("a", "1"));
        List<String> types = new ArrayList<>(List.of("image/png"));
        RestApi.Draft draft = RestApi.draft();
        draft.tags = tags;
        draft.binaryMediaTypes = types;
        RestApi api = draft.build();

        tags.put("b", "2");
        types.clear();

        assertThat(api.tags()).containsExactly(Map.entry("a", "1"));
        assertThat(api.binaryMediaTypes()).containsExactly("image/png");
        assertThatThrownBy(() -> api.tags().put("c", "3")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> api.binaryMediaTypes().add("x")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void absentCollectionsAreEmpty() {
        MethodResponse response = new MethodResponse("200", null, null);

        assertThat(response.responseParameters()).isEmpty();
        assertThat(response.responseModels()).isEmpty();
    }

    @Test
    void templateOfAnIntegrationResponseMayBeNull() {
        Map<String, String> templates = new HashMap<>();
        templates.put("application/json", null);

        assertThat(new IntegrationResponse("200", null, null, templates, null).responseTemplates())
                .containsEntry("application/json", null);
    }

    @Test
    void changingOneThingKeepsTheRest() {
        Stage.Draft draft = Stage.draft();
        draft.stageName = "prod";
        draft.variables = Map.of("a", "1");
        draft.tracingEnabled = true;
        Stage stage = draft.build();

        Stage moved = stage.with(change -> change.deploymentId = "d2");

        assertThat(moved.deploymentId()).isEqualTo("d2");
        assertThat(moved.with(change -> change.deploymentId = null)).isEqualTo(stage);
    }

    @Test
    void secretsOfKeysAreNotPrinted() {
        ApiKey.Draft key = ApiKey.draft();
        key.id = "k1";
        key.value = "hunter2hunter2hunter2";

        assertThat(key.build().toString()).contains("k1").doesNotContain("hunter2");
        assertThat(new UsagePlanKey("k1", "API_KEY", "hunter2hunter2hunter2", "n").toString())
                .contains("k1")
                .doesNotContain("hunter2");
    }

    @Test
    void problemPrintsItsPlaceFirst() {
        assertThat(Problem.error("api.yaml", "/paths/~1pets", "no integration"))
                .hasToString("api.yaml#/paths/~1pets: no integration");
    }

    @ParameterizedTest
    @EnumSource(GatewayResponseType.class)
    void everyTypeButTheTwoDefaultsFallsBackToTheDefaultOfItsStatusClass(GatewayResponseType type) {
        if (type == GatewayResponseType.DEFAULT_4XX || type == GatewayResponseType.DEFAULT_5XX) {
            assertThat(type.fallback()).isNull();
            assertThat(GatewayResponse.defaultOf(type).statusCode()).isNull();
        } else {
            assertThat(type.fallback().name())
                    .isEqualTo("DEFAULT_" + type.defaultStatusCode().charAt(0) + "XX");
            assertThat(GatewayResponse.defaultOf(type).statusCode()).isEqualTo(type.defaultStatusCode());
        }
    }
}
