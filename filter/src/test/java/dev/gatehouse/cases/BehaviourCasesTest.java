package dev.gatehouse.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every case file: its path is its statement. {@code -Dcase=headers/} runs only those whose path contains that text.
 */
class BehaviourCasesTest {

    private static final Path CASES = Path.of("src/test/resources/behaviour");
    private static final Pattern ORIGIN =
            Pattern.compile("(observed on AWS|AWS documentation|reported|own decision): .{10,}", Pattern.DOTALL);
    private static final String WANTED = System.getProperty("case", "");
    /** For {@code <each>} while only the head of a file is of interest. */
    private static final String ANY = "any";

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    @TestFactory
    Stream<DynamicNode> cases() throws IOException {
        return folders().stream().map(folder -> {
            try {
                return DynamicContainer.dynamicContainer(
                        folder.getFileName().toString(), files(folder).stream().map(BehaviourCasesTest::test));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void everyCaseSaysWhereItsExpectationComesFrom() throws IOException {
        for (Path folder : folders()) {
            for (Path file : files(folder)) {
                assertThat(head(file).path("origin").asText())
                        .as(file.toString())
                        .matches(ORIGIN);
            }
        }
    }

    private static DynamicNode test(Path file) {
        String name = file.getFileName().toString().replace(".yaml", "").replace('-', ' ');
        try {
            JsonNode each = head(file).path("each");
            return each.isMissingNode()
                    ? test(name, file, ANY)
                    : DynamicContainer.dynamicContainer(
                            name,
                            StreamSupport.stream(each.spliterator(), false)
                                    .map(JsonNode::asText)
                                    .map(value -> test(value.isBlank() ? "(nothing)" : value, file, value)));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static DynamicTest test(String name, Path file, String value) {
        return DynamicTest.dynamicTest(
                name,
                file.toUri(),
                () -> CaseRun.of(read(file, value), file.getParent()).check());
    }

    private static BehaviourCase read(Path file, String each) throws IOException {
        return YAML.readValue(Files.readString(file).replace("<each>", each), BehaviourCase.class);
    }

    /** Before a value is put in, a file need not be a case yet. */
    private static JsonNode head(Path file) throws IOException {
        return YAML.readTree(Files.readString(file).replace("<each>", ANY));
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** Cases, not the documents they share, which end in {@code .api.yaml}. */
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")
                            && !file.toString().endsWith(".api.yaml")
                            && file.toString().contains(WANTED))
                    .sorted()
                    .toList();
        }
    }
}
