package dev.gatehouse.controlplane.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.controlplane.openapi.ExportOptions.Extension;
import dev.gatehouse.controlplane.openapi.ExportOptions.Format;
import dev.gatehouse.controlplane.openapi.ExportOptions.Syntax;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenApiExportTest {

    private static final String HEAD = "swagger: '2.0'\ninfo: {title: t}\n";

    static Stream<Arguments> roundTrips() throws IOException {
        List<Path> documents = Imports.cases("accepted").toList();
        return documents.stream()
                .flatMap(document -> Stream.of(Format.values())
                        .flatMap(format ->
                                Stream.of(Syntax.values()).map(syntax -> Arguments.of(document, format, syntax))));
    }

    @ParameterizedTest
    @MethodSource("roundTrips")
    void importedDefinitionComesBackFromItsExport(Path document, Format format, Syntax syntax) {
        ApiDefinition before = Imports.definition(Imports.text(document), Imports.OPTIONS);

        ApiDefinition after = Imports.definition(text(before, options(format, syntax, "1", all())), Imports.OPTIONS);

        assertThat(Imports.json(Exports.withoutEndpoint(after)))
                .isEqualTo(Imports.json(Exports.withoutEndpoint(before)));
        assertThat(Exports.comparable(after)).isEqualTo(Exports.comparable(before));
    }

    @ParameterizedTest
    @MethodSource("roundTrips")
    void plainExportHasNoExtension(Path document, Format format, Syntax syntax) {
        ApiDefinition definition = Imports.definition(Imports.text(document), Imports.OPTIONS);

        assertThat(text(definition, options(format, syntax, null, Set.of()))).doesNotContain("x-amazon-");
    }

    @Test
    void swaggerSaysWhereTheStageIs() throws Exception {
        JsonNode document = export(HEAD + "paths: {/a: {get: {responses: {}}}}", Format.SWAGGER, Set.of());

        assertThat(document).isEqualTo(SafeDocument.parse("""
                swagger: "2.0"
                info: {title: t, version: "2016-09-12T17:50:37Z"}
                host: api1.execute-api.eu-west-1.amazonaws.com
                basePath: /prod
                schemes: [https]
                paths: {/a: {get: {responses: {}}}}
                """));
    }

    @Test
    void openApiSaysWhereTheStageIsAndAlwaysHasComponents() throws Exception {
        JsonNode document = export(HEAD + "paths: {/a: {get: {responses: {}}}}", Format.OAS30, Set.of());

        assertThat(document).isEqualTo(SafeDocument.parse("""
                openapi: 3.0.1
                info: {title: t, version: "2016-09-12T17:50:37Z"}
                servers:
                  - url: https://api1.execute-api.eu-west-1.amazonaws.com/{basePath}
                    variables: {basePath: {default: prod}}
                paths: {/a: {get: {responses: {}}}}
                components: {}
                """));
    }

    @ParameterizedTest
    @CsvSource({
        "SWAGGER, '[{name: q, in: query, required: false, type: string}, {name: h, in: header, required: true, type: string},"
                + " {in: body, name: M, required: true, schema: {$ref: \"#/definitions/M\"}}]'",
        "OAS30, '[{name: q, in: query, schema: {type: string}}, {name: h, in: header, required: true, schema: {type: string}}]'"
    })
    void parametersAreTextAndSayThatTheyAreRequired(Format format, String expected) throws Exception {
        JsonNode document = export(HEAD + """
                paths: {/a: {get: {responses: {}, parameters: [{name: q, in: query}, {name: h, in: header, required: true},
                  {name: b, in: body, schema: {$ref: "#/definitions/M"}}]}}}
                definitions: {M: {type: object}}
                """, format, Set.of());

        assertThat(document.at("/paths/~1a/get/parameters")).isEqualTo(SafeDocument.parse(expected));
        if (format == Format.OAS30) {
            assertThat(document.at("/paths/~1a/get/requestBody"))
                    .isEqualTo(
                            SafeDocument.parse(
                                    "{content: {application/json: {schema: {$ref: '#/components/schemas/M'}}}, required: true}"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SWAGGER, '{200: {description: 200 response, headers: {X: {type: string}}, schema: {$ref: \"#/definitions/M\"}},"
                + " 204: {description: 204 response}}'",
        "OAS30, '{200: {description: 200 response, headers: {X: {schema: {type: string}}},"
                + " content: {application/json: {schema: {$ref: \"#/components/schemas/M\"}}}},"
                + " 204: {description: 204 response, content: {}}}'"
    })
    void responsesLoseTheirDescription(Format format, String expected) throws Exception {
        JsonNode document = export(HEAD + """
                paths: {/a: {get: {responses: {200: {description: fine, headers: {X: {type: integer}},
                  schema: {$ref: "#/definitions/M"}}, 204: {description: nothing}}}}}
                definitions: {M: {type: object}}
                """, format, Set.of());

        assertThat(document.at("/paths/~1a/get/responses")).isEqualTo(SafeDocument.parse(expected));
    }

    @Test
    void typesOfSwaggerComeFromTemplatesWhereThereIsNoModel() throws Exception {
        JsonNode document = export(HEAD + """
                paths: {/a: {get: {responses: {}, x-amazon-apigateway-integration: {type: mock,
                  requestTemplates: {application/json: x}, responses: {default: {statusCode: 200,
                  responseTemplates: {text/html: y}}}}}}}
                """, Format.SWAGGER, Set.of());

        assertThat(document.at("/paths/~1a/get").toString())
                .isEqualTo("{\"consumes\":[\"application/json\"],\"produces\":[\"text/html\"],\"responses\":{}}");
    }

    @Test
    void integrationLeavesOutWhatIsUsual() throws Exception {
        JsonNode document = export(
                HEAD
                        + "paths: {/a: {get: {responses: {}, x-amazon-apigateway-integration: {type: HTTP, httpMethod: GET,"
                        + " uri: 'http://x/', timeoutInMillis: 29000, connectionType: INTERNET,"
                        + " responses: {default: {statusCode: 200}, '5..': {statusCode: 500}}}}}}",
                Format.OAS30,
                Set.of(Extension.INTEGRATIONS));

        assertThat(document.at("/paths/~1a/get/x-amazon-apigateway-integration"))
                .isEqualTo(SafeDocument.parse("{type: http, httpMethod: GET, uri: 'http://x/',"
                        + " responses: {default: {statusCode: '200'}, '5..': {statusCode: '500'}},"
                        + " passthroughBehavior: when_no_match}"));
    }

    @Test
    void integrationsAndAuthorizersAreAskedForOneByOne() throws Exception {
        String document = Imports.text(Imports.CASES.resolve("accepted/swagger2.yaml"));

        String integrations =
                export(document, Format.OAS30, Set.of(Extension.INTEGRATIONS)).toString();
        String authorizers =
                export(document, Format.OAS30, Set.of(Extension.AUTHORIZERS)).toString();

        assertThat(integrations)
                .contains(Extensions.INTEGRATION + "\"", Extensions.POLICY, Extensions.GATEWAY_RESPONSES)
                .doesNotContain(Extensions.AUTHORIZER + "\"");
        assertThat(authorizers)
                .contains(Extensions.AUTHORIZER + "\"")
                .doesNotContain(Extensions.INTEGRATION + "\"", Extensions.POLICY);
    }

    @Test
    void endpointConfigurationIsNeverExported() throws Exception {
        String document = Imports.text(Imports.CASES.resolve("accepted/swagger2.yaml"));

        assertThat(export(document, Format.SWAGGER, all()).toString()).doesNotContain("endpoint-configuration");
    }

    @Test
    void modelOfOtherThanJsonIsRefused() {
        ApiDefinition definition = Imports.definition(HEAD + "paths: {}", Imports.OPTIONS)
                .with(draft -> draft.models = List.of(new Model("1", "Text", null, "{}", "text/plain")));

        assertThat(OpenApiExport.write(definition, options(Format.SWAGGER, Syntax.JSON, null, Set.of())))
                .isInstanceOfSatisfying(
                        ExportResult.Refused.class,
                        refused -> assertThat(refused.reason()).startsWith("Only found non-JSON body models for Text"));
    }

    @Test
    void modelThatIsNoObjectIsRefusedByName() {
        ApiDefinition definition = Imports.definition(HEAD + "paths: {}", Imports.OPTIONS)
                .with(draft -> draft.models = List.of(new Model("1", "Bad", null, "[", "application/json")));

        assertThat(OpenApiExport.write(definition, options(Format.SWAGGER, Syntax.JSON, null, Set.of())))
                .isInstanceOfSatisfying(
                        ExportResult.Refused.class,
                        refused -> assertThat(refused.reason()).contains("'Bad'"));
    }

    @Test
    void schemaPointingIntoItselfPointsIntoTheDocument() throws Exception {
        ApiDefinition definition = Imports.definition(HEAD + "paths: {}", Imports.OPTIONS)
                .with(draft -> draft.models = List.of(new Model(
                        "1",
                        "Tree",
                        null,
                        "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"items\":{\"$ref\":\"#\"},"
                                + "\"not\":{\"$ref\":\"#/definitions/x\"}}",
                        "application/json")));

        String text = text(definition, options(Format.OAS30, Syntax.JSON, null, Set.of()));

        assertThat(SafeDocument.parse(text).at("/components/schemas/Tree"))
                .isEqualTo(SafeDocument.parse("{items: {$ref: '#/components/schemas/Tree'},"
                        + " not: {$ref: '#/components/schemas/Tree/definitions/x'}}"));
    }

    @Test
    void closerDocumentationWinsAndNothingReplacesTheDefinition() throws Exception {
        String document = """
                swagger: "2.0"
                info: {title: t, version: "1"}
                paths: {/a: {get: {responses: {200: {}}}, put: {responses: {}}}, /b: {get: {responses: {}}}}
                definitions: {M: {description: own}}
                x-amazon-apigateway-documentation:
                  documentationParts:
                    - {location: {type: API}, properties: {info: {description: all}, title: no}}
                    - {location: {type: METHOD}, properties: {description: any, summary: far}}
                    - {location: {type: METHOD, path: /a, method: GET}, properties: {description: near, x: other}}
                    - {location: {type: RESPONSE, statusCode: "200"}, properties: {description: fine}}
                    - {location: {type: MODEL, name: M}, properties: {description: other}}
                """;
        ApiDefinition definition = Imports.definition(document, Imports.OPTIONS);

        JsonNode written = SafeDocument.parse(text(definition, options(Format.OAS30, Syntax.JSON, "v", Set.of())));

        assertThat(written.at("/info/description").asText()).isEqualTo("all");
        assertThat(written.at("/paths/~1a/get").toString())
                .startsWith(
                        "{\"description\":\"near\",\"summary\":\"far\",\"responses\":{\"200\":{\"description\":\"fine\"");
        assertThat(written.at("/paths/~1b/get/description").asText()).isEqualTo("any");
        assertThat(written.at("/components/schemas/M/description").asText()).isEqualTo("own");
        assertThat(text(definition, options(Format.OAS30, Syntax.JSON, null, all())))
                .doesNotContain("near");
    }

    @Test
    void resourceWithoutMethodsIsKept() throws Exception {
        JsonNode document = export(HEAD + "paths: {/a/b: {}}", Format.OAS30, Set.of());

        assertThat(document.at("/paths").toString()).isEqualTo("{\"/a/b\":{}}");
    }

    @Test
    void fileIsNamedAfterFormatAndVersion() {
        ApiDefinition definition =
                Imports.definition(HEAD.replace("t}", "t, version: 1.2}") + "paths: {}", Imports.OPTIONS);

        assertThat(OpenApiExport.write(definition, options(Format.OAS30, Syntax.YAML, null, Set.of())))
                .isInstanceOfSatisfying(
                        ExportResult.Written.class,
                        written -> assertThat(written.fileName()).isEqualTo("oas30_1.2.yaml"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "none, 0",
        "integrations, 1",
        "authorizers, 1",
        "apigateway, 2",
        "'integrations, authorizers', 2"
    })
    void extensionsAreWordsWithCommas(String words, int expected) {
        assertThat(ExportOptions.extensions(words)).hasSize(expected);
    }

    @Test
    void unknownExtensionsAndFormatsAreNull() {
        assertThat(ExportOptions.extensions("postman")).isNull();
        assertThat(Format.parse("oas31")).isNull();
        assertThat(Format.parse("swagger")).isEqualTo(Format.SWAGGER);
    }

    static Set<Extension> all() {
        return Set.of(Extension.values());
    }

    static ExportOptions options(Format format, Syntax syntax, String documentation, Set<Extension> extensions) {
        return new ExportOptions(
                format,
                syntax,
                extensions,
                "api1.execute-api.eu-west-1.amazonaws.com",
                "prod",
                documentation,
                Instant.parse("2016-09-12T17:50:37Z"));
    }

    static String text(ApiDefinition definition, ExportOptions options) {
        return OpenApiExport.write(definition, options)
                .fold(written -> new String(written.text(), StandardCharsets.UTF_8), refused -> {
                    throw new AssertionError(refused.reason());
                });
    }

    private static JsonNode export(String document, Format format, Set<Extension> extensions) throws Unreadable {
        return SafeDocument.parse(
                text(Imports.definition(document, Imports.OPTIONS), options(format, Syntax.JSON, null, extensions)));
    }
}
