package dev.gatehouse.design;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that the page of attacks names is there. */
class SecurityPageTest {

    private static final Path PAGE = Path.of("../docs/internals/security.md");
    private static final Path JAVA = Path.of("src/test/java");
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Pattern METHOD = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");
    private static final Pattern FILE = Pattern.compile("`([a-z-]+/[\\w/.-]+\\.(?:yaml|txt|json))`");

    @Test
    void everyFileIsThere() throws IOException {
        assertThat(found(FILE))
                .isNotEmpty()
                .allSatisfy(
                        match -> assertThat(RESOURCES.resolve(match.group(1))).exists());
    }

    @Test
    void everyMethodIsThere() throws IOException {
        assertThat(found(METHOD))
                .isNotEmpty()
                .allSatisfy(match -> assertThat(source(match.group(1))).contains(" " + match.group(2) + "("));
    }

    private static List<MatchResult> found(Pattern pattern) throws IOException {
        String rows = Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("| "))
                .reduce("", String::concat);
        return pattern.matcher(rows).results().toList();
    }

    private static String source(String simpleName) {
        try (Stream<Path> files = Files.walk(JAVA)) {
            Path file = files.filter(path -> path.endsWith(simpleName + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no " + simpleName));
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
