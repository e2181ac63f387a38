package dev.gatehouse.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.controlplane.openapi.ImportOptions;
import dev.gatehouse.controlplane.openapi.OpenApiImport;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExposureTest {

    private static final String DOCUMENT = """
            swagger: "2.0"
            info: {title: pets, version: "1"}
            securityDefinitions:
              sigv4: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}
              key: {type: apiKey, name: x-api-key, in: header}
            paths:
              /pets:
                get: {x-amazon-apigateway-integration: {type: mock}}
                put: {security: [{key: []}], x-amazon-apigateway-integration: {type: mock}}
                post: {security: [{sigv4: []}], x-amazon-apigateway-integration: {type: mock}}
                patch: {security: [{sigv4: [], key: []}], x-amazon-apigateway-integration: {type: mock}}
            """;

    @Test
    void methodsThatWantNothingAreNamed() {
        assertThat(exposure(DOCUMENT).sentences())
                .containsExactly("anyone may call GET /pets", "an API key is all that protects PUT /pets");
    }

    @Test
    void aResourcePolicyDecidesForAll() {
        String guarded = DOCUMENT + "x-amazon-apigateway-policy: {Statement: []}\n";

        assertThat(exposure(guarded).sentences()).isEmpty();
    }

    @Test
    void aLongListIsCut() {
        StringBuilder document = new StringBuilder(DOCUMENT);
        for (int i = 0; i < 30; i++) {
            document.append("  /r%02d: {get: {x-amazon-apigateway-integration: {type: mock}}}%n".formatted(i));
        }

        assertThat(exposure(document.toString()).sentences().get(0)).endsWith(" and 11 more");
    }

    private static Exposure exposure(String document) {
        return OpenApiImport.read(
                        document.getBytes(StandardCharsets.UTF_8),
                        "pets",
                        ImportOptions.of("pets", "us-east-1", "123456789012", (kind, name) -> name))
                .fold(imported -> Exposure.of(imported.definition()), rejected -> {
                    throw new AssertionError(rejected.toString());
                });
    }
}
