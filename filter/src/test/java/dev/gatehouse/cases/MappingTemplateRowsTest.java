package dev.gatehouse.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What was collected of mapping templates is a table of 58 rows; a case of the engine or of the flow names its row. */
class MappingTemplateRowsTest {

    private static final int ROWS = 58;
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern NAMED = Pattern.compile("mapping template rows? (\\d+(?:(?:, | and )\\d+)*)");

    @Test
    void everyRowHasACase() throws IOException {
        Set<Integer> named = new TreeSet<>();
        for (String folder : List.of("template-cases", "behaviour")) {
            try (Stream<Path> files = Files.walk(Path.of("src/test/resources", folder))) {
                files.filter(file -> file.toString().endsWith(".yaml"))
                        .flatMap(MappingTemplateRowsTest::origins)
                        .forEach(origin -> named.addAll(rows(origin)));
            }
        }
        assertThat(named)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, ROWS).boxed().toList());
    }

    private static Stream<String> origins(Path file) {
        try {
            return YAML.readTree(file.toFile()).findValuesAsText("origin").stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<Integer> rows(String origin) {
        Set<Integer> rows = new TreeSet<>();
        Matcher named = NAMED.matcher(origin);
        while (named.find()) {
            for (String row : named.group(1).split("\\D+")) {
                rows.add(Integer.valueOf(row));
            }
        }
        return rows;
    }
}
