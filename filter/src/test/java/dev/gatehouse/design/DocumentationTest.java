package dev.gatehouse.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.configuration.ConfigurationFile;
import dev.gatehouse.configuration.SecretSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages lead somewhere, and what they tell a reader to write is accepted. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\\n(.*?)```");

    private static final SecretSource ANY_SECRET = new SecretSource() {
        @Override
        public Optional<String> environment(String name) {
            return Optional.of("a_value_that_is_long_enough_for_any_key");
        }

        @Override
        public Optional<String> property(String name) {
            return Optional.of("a_value_that_is_long_enough_for_any_key");
        }

        @Override
        public String file(String path) {
            return "a_value_that_is_long_enough_for_any_key";
        }
    };

    @Test
    void everyLinkToAFileLeadsToOne() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult link : matches(LINK, page)) {
                String target = link.group(1);
                if (!target.contains("://") && !Files.exists(page.resolveSibling(target))) {
                    broken.add(ROOT.relativize(page) + " -> " + target);
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    /** Other pages show fragments of definitions; a fragment that begins like a configuration must be one. */
    @Test
    void everyConfigurationThatAPageShowsIsAccepted() throws IOException {
        List<String> refused = new ArrayList<>();
        int seen = 0;
        for (Path page : pages()) {
            if (page.endsWith("docs/reference/configuration.md")) {
                continue; // shows mistakes on purpose; ReferencePageTest knows which
            }
            for (MatchResult block : matches(YAML, page)) {
                String text = block.group(1);
                if (text.startsWith("apis:") || text.startsWith("functions:")) {
                    seen++;
                    ConfigurationFile.read(
                                    ROOT.relativize(page).toString(), text.getBytes(StandardCharsets.UTF_8), ANY_SECRET)
                            .fold(read -> true, problems -> refused.add(problems.toString()));
                }
            }
        }

        assertThat(refused).isEmpty();
        assertThat(seen).isPositive();
    }

    private static List<MatchResult> matches(Pattern pattern, Path page) throws IOException {
        return pattern.matcher(Files.readString(page)).results().toList();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("target")
                            && !file.toString().contains("node_modules"))
                    .toList();
        }
    }
}
