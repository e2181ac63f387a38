package dev.gatehouse.controlplane.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientDocumentTest {

    private final List<String> problems = new ArrayList<>();

    private ObjectNode of(String yaml) throws Exception {
        return ClientDocument.of((ObjectNode) new YAMLMapper().readTree(yaml), "Shop", "https://here/prod", problems)
                .root();
    }

    private ObjectNode ofModel(String schema) throws Exception {
        return of("{paths: {}, components: {schemas: {A: %s, B: {type: string}}}}".formatted(schema));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/a\"b", "/a'b", "/a\\b", "/a b", "/${a}", "/#{a}", "/{a\"}", "/a`", "/<a>", "/../{", "/a\u2028b"
            })
    void pathsThatNeedAnEscapeAreRefused(String path) throws Exception {
        ObjectNode given = (ObjectNode) new YAMLMapper().readTree("paths: {}");
        ((ObjectNode) given.get("paths")).putObject(path).putObject("get");

        ClientDocument.of(given, "Shop", "https://here/prod", problems);

        assertThat(problems).singleElement().asString().contains("Resource path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a\"b'", "'a''b'", "'a\\b'", "'a b'", "'*/'", "'a`'", "'a${b}'", "'ä'", "''"})
    void parametersThatNeedAnEscapeAreRefused(String name) throws Exception {
        of("paths: {/a: {get: {parameters: [{name: %s, in: query}]}}}".formatted(name));

        assertThat(problems).singleElement().asString().contains("of GET /a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{oneOf: [{type: string}]}|has oneOf",
                "{type: array, items: {anyOf: []}}|has anyOf",
                "{$ref: 'http://evil/x'}|refers to http://evil/x",
                "{$ref: 'file:///etc/passwd'}|refers to file:///etc/passwd",
                "{$ref: '../../x.json'}|not a model of the API",
                "{$ref: '#/components/schemas/C'}|not there",
                "{$ref: '#/components/schemas/A'}|consists of itself",
                "{allOf: [{$ref: '#/components/schemas/A'}]}|consists of itself",
                "{type: array, items: {$ref: '#/components/schemas/A'}}|consists of itself",
                "{properties: {'a\"b': {}}}|Property a b",
                "{properties: {'a*/': {}}}|Property a /",
                "{properties: {a_b: {}, a-b: {}}}|would have one name"
            })
    void modelsThatAreNoTypesAreRefused(String schema, String expected) throws Exception {
        ofModel(schema);

        assertThat(problems)
                .anySatisfy(problem -> assertThat(problem).contains("odel A").contains(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'A;B'", "'../A'", "'A B'", "Ä"})
    void modelNamesAreLettersAndDigits(String name) throws Exception {
        of("components: {schemas: {%s: {type: object}}}".formatted(name));

        assertThat(problems).singleElement().asString().contains("odel");
    }

    @Test
    void namesThatCollideAreRefused() throws Exception {
        of("""
            paths:
              /a/b: {get: {}}
              /a-b: {get: {}}
              /c: {get: {operationId: Same}, put: {operationId: same}}
            components: {schemas: {Pet: {}, pet: {}}}
            """);

        assertThat(problems)
                .hasSize(3)
                .anyMatch(problem -> problem.contains("ABGet"))
                .anyMatch(problem -> problem.contains("called Same"))
                .anyMatch(problem -> problem.contains("Two models would be called pet"));
    }

    @Test
    void onlyWhatMakesATypeIsKept() throws Exception {
        ObjectNode model = (ObjectNode) ofModel("""
                {type: [object, "null"], title: x, x-y: z, pattern: p, minProperties: 1, patternProperties: {a: {}}, required: [a, zz],
                 properties: {a: {type: string, enum: [one, two], default: one}, b: {type: string, enum: ["\\""]},
                              c: {type: integer, format: int64, maximum: 5}, d: {type: string, format: "x\\"y"}},
                 definitions: {inner: {type: number}}}
                """).at("/components/schemas/A");

        assertThat(problems).isEmpty();
        assertThat(model).isEqualTo(new YAMLMapper().readTree("""
                {type: object, nullable: true, required: [a],
                 properties: {a: {type: string, enum: [one, two]}, b: {type: string}, c: {type: integer, format: int64},
                              d: {type: string}}}
                """));
    }

    @Test
    void aReferenceIntoAModelIsATypeOfItsOwn() throws Exception {
        ObjectNode schemas = (ObjectNode) ofModel("""
                {properties: {a: {$ref: "#/components/schemas/A/definitions/inner"}}, definitions: {inner: {type: number}}}
                """).at("/components/schemas");

        assertThat(problems).isEmpty();
        assertThat(schemas.at("/A/properties/a/$ref").asText()).isEqualTo("#/components/schemas/ADefinitionsInner");
        assertThat(schemas.at("/ADefinitionsInner/type").asText()).isEqualTo("number");
    }

    @Test
    void pathParametersAreThereWhetherDeclaredOrNot() throws Exception {
        ObjectNode root = of("paths: {'/a/{b}/{c+}': {get: {parameters: [{name: b, in: path}, {name: x, in: path}]}}}");

        assertThat(root.at("/paths/~1a~1{b}~1{c}/get/parameters").findValuesAsText("name"))
                .containsExactly("b", "c");
        assertThat(root.at("/paths/~1a~1{b}~1{c}/get/operationId").asText()).isEqualTo("aBCGet");
    }

    @Test
    void payloadsWithoutAModelAreAnyJsonAndOtherTypesAreRefused() throws Exception {
        ObjectNode root = of("""
            paths:
              /a: {post: {responses: {"200": {}, "204": {}, "404": {}}}}
              /b: {post: {requestBody: {content: {text/plain: {}}}}}
            """);

        assertThat(root.at("/paths/~1a/post/requestBody/content/application~1json/schema")
                        .isObject())
                .isTrue();
        assertThat(root.at("/paths/~1a/post/responses/200/content").size()).isOne();
        assertThat(root.at("/paths/~1a/post/responses/204/content").size()).isZero();
        assertThat(problems).singleElement().asString().contains("POST /b is not JSON");
    }
}
