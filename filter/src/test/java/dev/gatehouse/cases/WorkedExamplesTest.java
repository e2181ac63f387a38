package dev.gatehouse.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What was collected of Amazon's examples, and the rows of its tables, is in {@code worked-examples.yaml}, numbered by area.
 * Every one of them has a case whose origin names it, as {@code integration example 23} or {@code header row 7}.
 */
class WorkedExamplesTest {

    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final List<String> CASES =
            List.of("behaviour", "lambda-proxy-cases", "schema-cases", "template-cases", "control");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern NAMED = Pattern.compile(
            "(integration|model|mapping template|header|template choice|payload|field) (?:examples?|rows?)"
                    + " (\\d+(?:(?:, | and )\\d+)*)");
    private static final Path PAGE = Path.of("../docs/internals/testing.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z ]+)` \\| ([0-9]+) \\|");

    @Test
    void everyExampleHasACase() throws IOException {
        assertThat(named()).isEqualTo(listed());
    }

    @Test
    void thePageCountsThem() throws IOException {
        Map<String, Integer> counted = new TreeMap<>();
        ROW.matcher(Files.readString(PAGE))
                .results()
                .forEach(row -> counted.put(row.group(1), Integer.valueOf(row.group(2))));
        Map<String, Integer> listed = new TreeMap<>();
        listed().forEach((area, numbers) -> listed.put(area, numbers.size()));

        assertThat(counted).isEqualTo(listed);
    }

    private static Map<String, Set<Integer>> listed() throws IOException {
        Map<String, Set<Integer>> listed = new TreeMap<>();
        YAML.readTree(RESOURCES.resolve("worked-examples.yaml").toFile())
                .properties()
                .forEach(area -> area.getValue()
                        .fieldNames()
                        .forEachRemaining(number -> listed.computeIfAbsent(area.getKey(), key -> new TreeSet<>())
                                .add(Integer.valueOf(number))));
        return listed;
    }

    private static Map<String, Set<Integer>> named() throws IOException {
        Map<String, Set<Integer>> named = new TreeMap<>();
        for (String folder : CASES) {
            try (Stream<Path> files = Files.walk(RESOURCES.resolve(folder))) {
                files.filter(file -> file.toString().matches(".*\\.(yaml|json)"))
                        .flatMap(WorkedExamplesTest::origins)
                        .forEach(origin -> collect(origin, named));
            }
        }
        return named;
    }

    private static void collect(String origin, Map<String, Set<Integer>> named) {
        Matcher matcher = NAMED.matcher(origin);
        while (matcher.find()) {
            for (String number : matcher.group(2).split("\\D+")) {
                named.computeIfAbsent(matcher.group(1), area -> new TreeSet<>()).add(Integer.valueOf(number));
            }
        }
    }

    /** Of JSON, too, which is YAML. Files that share a document are none. */
    private static Stream<String> origins(Path file) {
        try {
            JsonNode tree = YAML.readTree(file.toFile());
            return tree.findValuesAsText("origin").stream();
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
