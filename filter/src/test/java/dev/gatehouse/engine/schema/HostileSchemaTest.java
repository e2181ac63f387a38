package dev.gatehouse.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.json.Json;
import dev.gatehouse.engine.json.JsonArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas and bodies that want more than they are worth. */
@Timeout(60)
class HostileSchemaTest {

    private final List<String> problems = new ArrayList<>();

    private JsonSchema schema(String text) {
        return compile(Map.of("M", text));
    }

    private JsonSchema compile(Map<String, String> models) {
        return new ModelSchemas("apiid", models, (model, pointer, message) -> problems.add(message))
                .compile("M")
                .orElse(null);
    }

    @Test
    void patternThatBacktracksForEverIsGivenUpAndTheBodyRefused() throws Exception {
        JsonSchema schema = schema("{\"pattern\":\"^.*.*.*.*.*.*=$\"}");

        assertThat(schema.violations("a".repeat(2_000)))
                .containsExactly("a regular expression looks at the text too often");
        assertThat(schema.violations("aaaa=")).isEmpty();
    }

    @Test
    void patternThatIsGivenUpDoesNotPassWhereItMustNotMatch() throws Exception {
        JsonSchema schema = schema("{\"not\":{\"pattern\":\"^.*.*.*.*.*.*=$\"}}");

        assertThat(schema.violations("a".repeat(2_000))).isNotEmpty();
    }

    @Test
    void namesThatBacktrackForEverAreRefusedToo() throws Exception {
        JsonSchema schema = schema("{\"patternProperties\":{\"^.*.*.*.*.*.*=$\":{}},\"additionalProperties\":false}");

        assertThat(schema.violations(Json.parse("{\"" + "a".repeat(2_000) + "\":1}")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"date-time", "email", "hostname", "ipv4", "ipv6", "regex", "uri", "uuid"})
    void formatsLookAtATextAFewTimes(String format) throws Exception {
        JsonSchema schema = schema("{\"items\":{\"format\":\"" + format + "\"}}");
        List<Object> texts = new ArrayList<>();
        for (String part : List.of(
                "a", "a.", ".", "a@", "-", "1:", ":", "::", "(", "(?:", "[", "\\", "a{9}", "(?<=", "%41", "/", "1",
                "\u00e9")) {
            texts.add(part.repeat(65_536 / part.length()));
            texts.add("a@" + part.repeat(65_000 / part.length()));
            texts.add(part.repeat(32_000 / part.length()) + ")".repeat(32_000 / part.length()));
        }

        assertThat(schema.violations(new JsonArray(texts))).isNotNull();
    }

    @Test
    void millionItemsAreComparedOnce() throws Exception {
        String items = IntStream.range(0, 1_000_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        JsonSchema schema = schema("{\"uniqueItems\":true}");

        assertThat(schema.violations(Json.parse("[" + items + "]"))).isEmpty();
        assertThat(schema.violations(Json.parse("[" + items + ",7.0]")))
                .containsExactly("array must not contain duplicate elements");
    }

    @Test
    void itemsThatCollideAreComparedFast() throws Exception {
        // "Aa" and "BB" have one hash code, and so have all words made of them
        List<Object> items = new ArrayList<>(List.of(""));
        for (int length = 0; length < 16; length++) {
            items = items.stream()
                    .flatMap(word -> Stream.<Object>of(word + "Aa", word + "BB"))
                    .collect(Collectors.toList());
        }

        assertThat(schema("{\"uniqueItems\":true}").violations(items)).isEmpty();
    }

    @Test
    void schemasThatDoubleAtEachStepDoNotCompile() {
        String definitions = IntStream.range(0, 40)
                .mapToObj(i -> "\"d%d\":{\"allOf\":[{\"$ref\":\"#/definitions/d%d\"},{\"$ref\":\"#/definitions/d%d\"}]}"
                        .formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(","));

        assertThat(schema("{\"allOf\":[{\"$ref\":\"#/definitions/d0\"}],\"definitions\":{" + definitions
                        + ",\"d40\":{}}}"))
                .isNull();
        assertThat(problems).containsExactly("more than 10000 schemas look at one value");
    }

    @Test
    void schemasTimesItemsEnd() throws Exception {
        String branches = IntStream.range(0, 5_000)
                .mapToObj(i -> "{\"type\":\"string\",\"minLength\":" + i + "}")
                .collect(Collectors.joining(","));
        JsonSchema schema = schema("{\"items\":{\"anyOf\":[" + branches + "]}}");
        String items = IntStream.range(0, 100_000).mapToObj(Integer::toString).collect(Collectors.joining(","));

        assertThat(schema.violations(Json.parse("[" + items + "]"))).isNotEmpty();
    }

    @Test
    void tenThousandModelsInARowEndInAProblemOrASchema() {
        Map<String, String> models = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            String next = "https://apigateway.amazonaws.com/restapis/apiid/models/M" + (i + 1);
            models.put(i == 0 ? "M" : "M" + i, "{\"properties\":{\"a\":{\"$ref\":\"" + next + "\"}}}");
        }
        models.put("M10000", "{}");

        JsonSchema schema = compile(models);

        assertThat(schema != null || !problems.isEmpty()).isTrue();
    }

    @Test
    void referencesInARowAreFollowedWithoutAStack() throws Exception {
        Map<String, String> models = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            String next = "https://apigateway.amazonaws.com/restapis/apiid/models/M" + (i + 1);
            models.put(i == 0 ? "M" : "M" + i, "{\"$ref\":\"" + next + "\"}");
        }
        models.put("M10000", "{\"type\":\"string\"}");

        assertThat(compile(models).violations(1)).hasSize(1);
    }

    @Test
    void deepSchemaDoesNotCompile() {
        assertThat(schema("{\"not\":".repeat(100_000) + "{}" + "}".repeat(100_000)))
                .isNull();
        assertThat(problems).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"uniqueItems\":true}",
                "{\"items\":{\"enum\":[1,2.5,\"a\"]}}",
                "{\"items\":{\"multipleOf\":0.01}}",
                "{\"items\":{\"multipleOf\":7}}",
                "{\"items\":{\"multipleOf\":1e-30}}",
                "{\"items\":{\"minimum\":5,\"maximum\":1e999}}",
                "{\"items\":{\"type\":\"integer\"}}"
            })
    void numbersCostWhatTheirTextIsLongNotWhatTheyAre(String text) throws Exception {
        JsonSchema schema = schema(text);
        String large = IntStream.range(0, 400_000).mapToObj(i -> i + "e994").collect(Collectors.joining(",", "[", "]"));
        String small =
                IntStream.range(0, 400_000).mapToObj(i -> i + "e-999").collect(Collectors.joining(",", "[", "]"));
        String zeros = ("1" + "0".repeat(900) + ",").repeat(10_000);

        for (String body : List.of(large, small, "[" + zeros + "1]")) {
            assertThat(schema.violations(Json.parse(body))).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|21|true",
                "7|22|false",
                "7|7e900|true",
                "7|1e900|false",
                "0.01|1.23|true",
                "0.01|1.234|false",
                "0.01|1e900|true",
                "2.5|1e1|true",
                "2.5|5e-1|false",
                "1e-30|1e-30|true",
                "1e-30|1e-31|false",
                "1e-30|0e-900|true",
                "100|1e2|true",
                "100|50|false",
                "0.3|0.9|true",
                "3e-1|1|false",
                "1e3|5e3|true",
                "1e3|5e2|false"
            })
    void multiplesAreExact(String divisor, String value, boolean multiple) throws Exception {
        assertThat(schema("{\"multipleOf\":" + divisor + "}")
                        .violations(Json.parse(value))
                        .isEmpty())
                .isEqualTo(multiple);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"uniqueItems\":true,\"items\":{\"$ref\":\"#\"}}",
                "{\"anyOf\":[{\"enum\":[[],{},1]},{\"items\":{\"$ref\":\"#\"}}]}",
                "{\"anyOf\":[{\"items\":{\"$ref\":\"#\"}},{\"items\":{\"$ref\":\"#\"}},{\"type\":\"string\"}]}"
            })
    void nestedListsAreNotWrittenAtEachLevel(String text) throws Exception {
        JsonSchema schema = schema(text);
        for (String payload : List.of("\"" + "x".repeat(9_000_000) + "\"", "[" + "0,".repeat(2_000_000) + "0]")) {
            String body = "[1,".repeat(500) + payload + "]".repeat(500);
            assertThat(schema.violations(Json.parse(body))).isNotNull();
        }
    }

    @Test
    void messagesCostNoMoreThanTheCheck() throws Exception {
        JsonSchema schema = schema("{\"items\":{\"oneOf\":[{},{},{\"pattern\":\"^.*.*.*.*.*.*=$\"}]}}");

        assertThat(schema.violations(Json.parse("[" + ("\"" + "a".repeat(2_000) + "\",").repeat(5_000) + "1]")))
                .isNotEmpty();
    }

    @Test
    void thousandsOfKeywordsOrPatternsForEachOfAMillionObjectsEnd() throws Exception {
        String dependencies = IntStream.range(0, 8_000)
                .mapToObj(i -> "\"d" + i + "\":[\"a\"]")
                .collect(Collectors.joining(",", "{\"items\":{\"dependencies\":{", "}}}"));
        String patterns = IntStream.range(0, 8_000)
                .mapToObj(i -> "\"^$|" + i + "\":{\"type\":\"string\"}")
                .collect(Collectors.joining(
                        ",", "{\"items\":{\"additionalProperties\":false,\"patternProperties\":{", "}}}"));

        assertThat(schema(dependencies).violations(Json.parse("[" + "{},".repeat(1_000_000) + "{}]")))
                .isNotEmpty();
        assertThat(schema(patterns).violations(Json.parse("[" + "{\"\":\"\"},".repeat(1_000_000) + "{}]")))
                .isNotEmpty();
    }

    @Test
    void violationsAreNotRepeatedAMillionTimes() throws Exception {
        JsonSchema schema = schema("{\"items\":{\"type\":\"string\",\"maxLength\":1}}");
        String items = IntStream.range(0, 100_000).mapToObj(Integer::toString).collect(Collectors.joining(","));

        assertThat(schema.violations(Json.parse("[" + items + "]"))).hasSize(100);
        assertThat(schema.violations(List.of("x".repeat(1_000_000))).get(0)).hasSizeLessThan(1_200);
    }
}
