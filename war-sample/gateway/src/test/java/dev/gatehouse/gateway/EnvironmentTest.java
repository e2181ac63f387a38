package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    private final Map<String, String> variables = new HashMap<>(Map.of(
            "GATEHOUSE_ACCESS_KEY_ID",
            "AKIAIOSFODNN7EXAMPLE",
            "GATEHOUSE_SECRET_ACCESS_KEY",
            "secret-of-twenty-letters"));
    private final Map<String, String> properties = new HashMap<>();

    @Test
    void withoutAnAccessKeyNothingStartsAndBothNamesAreTold() {
        variables.clear();

        assertThatThrownBy(this::configuration)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("GATEHOUSE_ACCESS_KEY_ID, GATEHOUSE_SECRET_ACCESS_KEY");
    }

    @Test
    void halfAKeyPairForServicesIsRefused() {
        variables.put("GATEHOUSE_AWS_ACCESS_KEY_ID", "AKIDOTHER");

        assertThatThrownBy(this::configuration).hasMessageContaining("Not set: GATEHOUSE_AWS_SECRET_ACCESS_KEY");
    }

    @Test
    void noSecretStandsInTheConfiguration() throws Exception {
        assertThat(configuration().toString()).doesNotContain("secret-of-twenty-letters");
        assertThat(configuration().at("/identities/0/secretAccessKey/env").textValue())
                .isEqualTo("GATEHOUSE_SECRET_ACCESS_KEY");
    }

    @Test
    void aSystemPropertyStandsInForAVariable() throws Exception {
        properties.putAll(variables);
        variables.clear();

        assertThat(configuration().at("/identities/0/accessKeyId/property").textValue())
                .isEqualTo("GATEHOUSE_ACCESS_KEY_ID");
    }

    @Test
    void everyServiceIsAtTheOneEndpoint() throws Exception {
        variables.put("GATEHOUSE_AWS_ENDPOINT", "http://127.0.0.1:4567");

        assertThat(configuration().at("/aws/endpoints").toString())
                .isEqualTo("[{\"endpoint\":\"http://127.0.0.1:4567\",\"credentials\":\"services\"}]");
        assertThat(configuration().at("/aws/roles/0/roleArn").textValue()).isEqualTo("*");
    }

    @Test
    void networksAreAList() throws Exception {
        variables.put("GATEHOUSE_NETWORKS", "127.0.0.0/8, ::1");

        assertThat(configuration().at("/controlPlane/networks").toString()).isEqualTo("[\"127.0.0.0/8\",\"::1\"]");
    }

    @Test
    void whereDefinitionsAreKeptTheUsageOfQuotasIsToo() throws Exception {
        variables.put("GATEHOUSE_DIRECTORY", "/var/lib/gatehouse");

        assertThat(configuration().at("/controlPlane/directory").textValue()).isEqualTo("/var/lib/gatehouse");
        assertThat(configuration().at("/usageData/directory").textValue()).isEqualTo("/var/lib/gatehouse-usage");
    }

    @Test
    void aKeyForTheStoreIsAReferenceToo() throws Exception {
        assertThat(configuration().at("/controlPlane").has("encryptionKey")).isFalse();
        variables.put("GATEHOUSE_STORE_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

        assertThat(configuration().at("/controlPlane/encryptionKey/env").textValue())
                .isEqualTo("GATEHOUSE_STORE_KEY");
    }

    @Test
    void withoutADirectoryNothingIsKept() throws Exception {
        assertThat(configuration().has("usageData")).isFalse();
        assertThat(configuration().at("/controlPlane").has("directory")).isFalse();
    }

    private JsonNode configuration() throws Exception {
        return new ObjectMapper().readTree(new Environment(variables::get, properties::get).configuration());
    }
}
