package dev.gatehouse.controlplane.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.IpAddressType;
import dev.gatehouse.definition.Model;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenApiImportTest {

    private static final String HEAD = "swagger: '2.0'\ninfo: {title: t}\n";

    @Test
    void headersOfTemplatesAndResponsesKeepTheirOrder() {
        ApiDefinition definition = Imports.definition(HEAD + """
                paths:
                  /a:
                    get:
                      x-amazon-apigateway-integration:
                        type: mock
                        requestTemplates: {z/z: "1", a/a: "2", m/m: "3", b/b: "4"}
                        responses:
                          5..: {statusCode: 500}
                          4..: {statusCode: 400}
                          default: {statusCode: 200}
                """, Imports.OPTIONS);

        var integration = Imports.method(definition, "/a", "GET").methodIntegration();
        assertThat(integration.requestTemplates().keySet()).containsExactly("z/z", "a/a", "m/m", "b/b");
        assertThat(integration.integrationResponses().keySet()).containsExactly("500", "400", "200");
    }

    @Test
    void everyPartIsAskedForItsIdOnce() {
        Set<String> asked = new HashSet<>();
        IdSource once = (kind, name) -> {
            assertThat(asked.add(kind + " " + name)).as(kind + " " + name).isTrue();
            return kind + name;
        };

        Imports.definition(
                Imports.text(Imports.CASES.resolve("accepted/swagger2.yaml")),
                ImportOptions.of("api1", "eu-west-1", "123456789012", once));

        assertThat(asked)
                .contains(
                        "RESOURCE /",
                        "RESOURCE /orders/{id}",
                        "MODEL Order",
                        "AUTHORIZER pool",
                        "REQUEST_VALIDATOR all");
    }

    @Test
    void sameSchemaInPlaceGivesTheSameModelOnEveryImport() {
        String document = Imports.text(Imports.CASES.resolve("accepted/openapi3.json"));

        List<Model> first = Imports.definition(document, Imports.OPTIONS).models();
        List<Model> second = Imports.definition(document, Imports.OPTIONS).models();

        assertThat(first).hasSize(3).isEqualTo(second);
    }

    @Test
    void documentationCanBeLeftOut() {
        String document = Imports.text(Imports.CASES.resolve("accepted/swagger2.yaml"));

        assertThat(Imports.definition(document, Imports.OPTIONS.withoutDocumentation())
                        .documentationParts())
                .isEmpty();
    }

    @Test
    void documentationCanBeReadAlone() {
        String document = """
                swagger: "2.0"
                x-amazon-apigateway-documentation:
                  documentationParts: [{location: {type: API}, properties: {description: d}}]
                """;

        ImportResult result = OpenApiImport.readDocumentation(document.getBytes(), "api", Imports.OPTIONS);

        assertThat(result).isInstanceOfSatisfying(ImportResult.Imported.class, imported -> {
            assertThat(imported.definition().documentationParts()).hasSize(1);
            assertThat(imported.definition().resources()).isEmpty();
        });
    }

    @Test
    void integrationMayTakeLongerWhereTheEndpointIsNotAtTheEdge() {
        String document =
                HEAD + "paths: {/a: {get: {x-amazon-apigateway-integration: {type: mock, timeoutInMillis: 300000}}}}";

        assertThat(Imports.read(document, Imports.OPTIONS)).isInstanceOf(ImportResult.Rejected.class);
        assertThat(Imports.read(document, Imports.OPTIONS.with(EndpointType.REGIONAL)))
                .isInstanceOf(ImportResult.Imported.class);
    }

    @Test
    void privateEndpointIsDualstack() {
        assertThat(Imports.definition(HEAD + "paths: {}", Imports.OPTIONS.with(EndpointType.PRIVATE))
                        .restApi()
                        .endpointConfiguration()
                        .ipAddressType())
                .isEqualTo(IpAddressType.dualstack);
    }

    @Test
    void whatNoExtensionSaysStaysAbsent() {
        ApiDefinition definition = Imports.definition(HEAD + "paths: {}", Imports.OPTIONS);

        assertThat(definition.restApi().apiKeySource()).isNull();
        assertThat(definition.restApi().policy()).isNull();
        assertThat(definition.restApi().minimumCompressionSize()).isNull();
        assertThat(definition.gatewayResponses()).isEmpty();
        assertThat(definition.models()).isEmpty();
    }

    @Test
    void undeclaredPathVariableIsRequiredAndDeclaredOneKeepsItsWord() {
        ApiDefinition definition = Imports.definition(
                HEAD + "paths: {'/a/{x}/{y}': {get: {parameters: [{name: y, in: path, required: false}]}}}",
                Imports.OPTIONS);

        assertThat(Imports.method(definition, "/a/{x}/{y}", "GET").requestParameters())
                .containsEntry("method.request.path.x", true)
                .containsEntry("method.request.path.y", false);
    }

    @Test
    void foldTellsTheTwoOutcomesApart() {
        assertThat(Imports.read(HEAD + "paths: {}", Imports.OPTIONS).<String>fold(in -> "in", out -> "out"))
                .isEqualTo("in");
        assertThat(Imports.read("swagger: 1", Imports.OPTIONS).<String>fold(in -> "in", out -> "out"))
                .isEqualTo("out");
    }
}
