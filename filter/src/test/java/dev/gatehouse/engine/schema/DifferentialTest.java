package dev.gatehouse.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Generated schemas and bodies: the same messages in the same order as those of the validator that Amazon's words come from. */
class DifferentialTest {

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void saysTheSameAsTheReference(@ForAll("schemas") String schema, @ForAll("bodies") String body) throws Exception {
        List<String> problems = new ArrayList<>();
        JsonSchema ours = new ModelSchemas(
                        "apiid", Map.of("M", schema), (model, pointer, message) -> problems.add(pointer + message))
                .compile("M")
                .orElseThrow(() -> new AssertionError(problems.toString()));

        assertThat(ours.violations(Json.parse(body))).isEqualTo(ReferenceValidator.violations(schema, body));
    }

    @Provide
    Arbitrary<String> schemas() {
        return schema(2);
    }

    @Provide
    Arbitrary<String> bodies() {
        return value(3);
    }

    private static Arbitrary<String> schema(int depth) {
        Arbitrary<String> keyword = depth == 0 ? flat() : Arbitraries.oneOf(flat(), nested(schema(depth - 1)));
        return keyword.list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .uniqueElements(text -> text.substring(0, text.indexOf(':')))
                .map(parts -> '{' + String.join(",", parts) + '}');
    }

    private static Arbitrary<String> flat() {
        return Arbitraries.of(
                "\"type\":\"string\"",
                "\"type\":\"number\"",
                "\"type\":[\"integer\",\"null\"]",
                "\"type\":\"object\"",
                "\"type\":\"array\"",
                "\"type\":[\"object\",\"array\",\"boolean\"]",
                "\"enum\":[\"a\",1,1.50,null,[1],{\"a\":1,\"b\":[]}]",
                "\"enum\":[1.0]",
                "\"minimum\":2",
                "\"minimum\":1.5,\"exclusiveMinimum\":true",
                "\"maximum\":1.50",
                "\"maximum\":2,\"exclusiveMaximum\":true",
                "\"multipleOf\":0.5",
                "\"multipleOf\":2",
                "\"minLength\":2",
                "\"maxLength\":1",
                "\"pattern\":\"^a\"",
                "\"pattern\":\"b$\"",
                "\"minItems\":2",
                "\"maxItems\":1",
                "\"uniqueItems\":true",
                "\"minProperties\":2",
                "\"maxProperties\":1",
                "\"required\":[\"b\",\"a\"]",
                "\"required\":[\"c\"]",
                "\"additionalProperties\":false",
                "\"dependencies\":{\"a\":[\"c\",\"b\"]}",
                "\"format\":\"ipv4\"",
                "\"format\":\"int32\"",
                "\"title\":\"x\"");
    }

    private static Arbitrary<String> nested(Arbitrary<String> schema) {
        Arbitrary<String> two = Combinators.combine(schema, schema).as((a, b) -> a + "," + b);
        return Arbitraries.oneOf(
                Combinators.combine(schema, schema).as((a, b) -> "\"properties\":{\"b\":" + a + ",\"a\":" + b + "}"),
                schema.map(a -> "\"patternProperties\":{\"^b\":" + a + "}"),
                schema.map(a -> "\"additionalProperties\":" + a),
                schema.map(a -> "\"items\":" + a),
                two.map(a -> "\"items\":[" + a + "]"),
                schema.map(a -> "\"items\":[{}],\"additionalItems\":" + a),
                Arbitraries.just("\"items\":[{}],\"additionalItems\":false"),
                two.map(a -> "\"allOf\":[" + a + "]"),
                two.map(a -> "\"anyOf\":[" + a + "]"),
                two.map(a -> "\"oneOf\":[" + a + "]"),
                schema.map(a -> "\"not\":" + a),
                schema.map(a -> "\"dependencies\":{\"a\":" + a + "}"),
                Combinators.combine(schema, schema)
                        .as((a, b) -> "\"definitions\":{\"d\":" + a + "},\"properties\":{\"a\":" + b + "}"));
    }

    private static Arbitrary<String> value(int depth) {
        Arbitrary<String> scalar = Arbitraries.of(
                "\"a\"",
                "\"ab\"",
                "\"b\"",
                "\"\"",
                "\"127.0.0.1\"",
                "\"a\\\"\\u00e9\"",
                "0",
                "1",
                "2",
                "3",
                "-1",
                "1.5",
                "1.50",
                "1.0",
                "2.5",
                "1e2",
                "12345678901234567890",
                "true",
                "false",
                "null");
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<String> inner = value(depth - 1);
        Arbitrary<String> array = inner.list().ofMaxSize(3).map(items -> '[' + String.join(",", items) + ']');
        Arbitrary<String> object = Arbitraries.maps(Arbitraries.of("a", "b", "c", "ba"), inner)
                .ofMaxSize(4)
                .map(members -> {
                    StringBuilder text = new StringBuilder();
                    members.forEach((name, value) -> text.append(text.isEmpty() ? "" : ",")
                            .append(Json.write(name))
                            .append(':')
                            .append(value));
                    return "{" + text + "}";
                });
        return Arbitraries.frequencyOf(Tuple.of(1, scalar), Tuple.of(2, array), Tuple.of(4, object));
    }
}
