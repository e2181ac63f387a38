package dev.gatehouse.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.controlplane.openapi.ImportOptions;
import dev.gatehouse.controlplane.openapi.OpenApiImport;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    void aResourcePolicyThatLetsStrangersInClosesNothing() {
        assertThat(guarded("""
                - {Effect: Allow, Principal: "*", Action: execute-api:Invoke, Resource: "execute-api:/*"}
                """)).isEqualTo(exposure(DOCUMENT).sentences());
    }

    @Test
    void whoComesFromTheInternetIsNoNeighbour() {
        assertThat(guarded("""
                - Effect: Allow
                  Principal: "*"
                  Action: execute-api:Invoke
                  Resource: execute-api:/*
                  Condition: {IpAddress: {aws:SourceIp: [10.0.0.0/8, 127.0.0.1]}}
                """)).isEmpty();
        assertThat(guarded("""
                - {Effect: Allow, Principal: "*", Action: execute-api:Invoke, Resource: "execute-api:/*"}
                - Effect: Deny
                  Principal: "*"
                  Action: execute-api:Invoke
                  Resource: execute-api:/*
                  Condition: {NotIpAddress: {aws:SourceIp: 10.0.0.0/8}}
                """)).isEmpty();
    }

    @Test
    void aPolicyForOneAccountLetsNoStrangerIn() {
        assertThat(guarded("""
                - {Effect: Allow, Principal: {AWS: "123456789012"}, Action: execute-api:Invoke, Resource: "execute-api:/*"}
                """)).isEmpty();
    }

    @Test
    void stagesAreNamedWhereNotAllOfThemAreOpen() {
        assertThat(guarded("""
                - {Effect: Allow, Principal: "*", Action: execute-api:Invoke, Resource: "execute-api:/test/GET/*"}
                """)).containsExactly("anyone may call GET /pets (test)");
    }

    @Test
    void everyVerbOfAnAnyIsTried() {
        String document = DOCUMENT.replace("put: {security", "x-amazon-apigateway-any-method: {security");

        assertThat(guarded(document, """
                - {Effect: Allow, Principal: "*", Action: execute-api:Invoke, Resource: "execute-api:/*/DELETE/pets"}
                """)).containsExactly("an API key is all that protects ANY /pets");
    }

    @Test
    void aLongListIsCut() {
        StringBuilder document = new StringBuilder(DOCUMENT);
        for (int i = 0; i < 30; i++) {
            document.append("  /r%02d: {get: {x-amazon-apigateway-integration: {type: mock}}}%n".formatted(i));
        }

        assertThat(exposure(document.toString()).sentences().get(0)).endsWith(" and 11 more");
    }

    private static List<String> guarded(String statements) {
        return guarded(DOCUMENT, statements);
    }

    private static List<String> guarded(String document, String statements) {
        String policy = "x-amazon-apigateway-policy:\n  Version: '2012-10-17'\n  Statement:\n" + statements.indent(4);
        return exposure(document + policy).sentences();
    }

    private static Exposure exposure(String document) {
        return OpenApiImport.read(
                        document.getBytes(StandardCharsets.UTF_8),
                        "pets",
                        ImportOptions.of("pets", "us-east-1", "123456789012", (kind, name) -> name))
                .fold(
                        imported -> Exposure.of(
                                imported.definition(),
                                List.of("prod", "test"),
                                "arn:aws:execute-api:us-east-1:123456789012:pets"),
                        rejected -> {
                            throw new AssertionError(rejected.toString());
                        });
    }
}
