package dev.gatehouse.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.gatehouse.engine.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * {@code schema-cases/*.yaml}: a schema, or several models, with bodies and what is said about them, or the problems for which the
 * schema does not compile. Where its origin is "reported: validator", the validator that Amazon's words come from says the same.
 */
class SchemaCasesTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    record Case(
            String origin, JsonNode schema, Map<String, JsonNode> models, List<Body> bodies, List<String> refused) {}

    record Body(String body, List<String> violations) {}

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/schema-cases"))) {
            return files.sorted().toList().stream().flatMap(SchemaCasesTest::tests);
        }
    }

    private static Stream<DynamicTest> tests(Path file) {
        try {
            Map<String, Case> cases = YAML.readValue(
                    file.toFile(), YAML.getTypeFactory().constructMapType(HashMap.class, String.class, Case.class));
            return cases.entrySet().stream()
                    .map(entry -> DynamicTest.dynamicTest(
                            file.getFileName() + ": " + entry.getKey(), () -> check(entry.getValue())));
        } catch (IOException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }

    private static void check(Case one) throws Exception {
        assertThat(one.origin).matches("(observed on AWS|AWS documentation|reported|own decision): .+");
        Map<String, String> texts = new HashMap<>();
        if (one.models != null) {
            one.models.forEach((name, schema) -> texts.put(name, schema.toString()));
        } else {
            texts.put("M", one.schema.toString());
        }
        List<String> problems = new ArrayList<>();
        ModelSchemas models = new ModelSchemas(
                "apiid", texts, (model, pointer, message) -> problems.add(model + pointer + ": " + message));
        var schema = models.compile("M");
        if (one.refused != null) {
            assertThat(problems).containsExactlyElementsOf(one.refused);
            assertThat(schema).isEmpty();
            return;
        }
        assertThat(problems).isEmpty();
        for (Body body : one.bodies) {
            assertThat(schema.orElseThrow().violations(Json.parse(body.body)))
                    .as(body.body)
                    .isEqualTo(body.violations == null ? List.of() : body.violations);
            if (one.origin.startsWith("reported: validator")) {
                assertThat(ReferenceValidator.violations(one.schema.toString(), body.body))
                        .as("what the reference says of %s", body.body)
                        .isEqualTo(body.violations == null ? List.of() : body.violations);
            }
        }
    }
}
