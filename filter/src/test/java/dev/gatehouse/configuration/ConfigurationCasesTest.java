package dev.gatehouse.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files in {@code cases/configuration}: what is wrong with each is said in its own last lines, after {@code #> }. */
class ConfigurationCasesTest {

    private static final Path CASES = Path.of("src/test/resources/cases/configuration");

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyMistakeIsNamedWithItsPlace(Path file) throws IOException {
        List<String> expected = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("#> "))
                .map(line -> line.substring(3))
                .toList();
        assertThat(expected).isNotEmpty();
        assertThat(ConfigurationFile.read("gatehouse.yaml", Files.readAllBytes(file), FakeSecrets.SOME)
                        .<List<String>>fold(
                                read -> List.of("accepted"),
                                problems ->
                                        problems.stream().map(Object::toString).toList()))
                .containsExactlyElementsOf(expected);
    }
}
