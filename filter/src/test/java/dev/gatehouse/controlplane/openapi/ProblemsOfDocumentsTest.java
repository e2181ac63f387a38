package dev.gatehouse.controlplane.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.definition.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file states its problems in its first lines: {@code # error #<pointer>: <message>}, or {@code # warning}. */
class ProblemsOfDocumentsTest {

    static Stream<Path> documents() throws IOException {
        return Imports.cases("problems");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void documentHasExactlyTheProblemsThatItsHeaderLists(Path document) {
        String text = Imports.text(document);
        List<String> expected = text.lines()
                .takeWhile(line -> line.startsWith("# "))
                .map(line -> line.substring(2))
                .toList();

        assertThat(Imports.problems(text).stream().map(ProblemsOfDocumentsTest::line))
                .containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void errorsRejectAndWarningsDoNot(Path document) {
        String text = Imports.text(document);
        boolean errors = text.lines().anyMatch(line -> line.startsWith("# error "));

        assertThat(Imports.read(text, Imports.OPTIONS))
                .isInstanceOf(errors ? ImportResult.Rejected.class : ImportResult.Imported.class);
    }

    private static String line(Problem problem) {
        return problem.severity().name().toLowerCase(Locale.ROOT) + " "
                + problem.toString().substring(problem.document().length());
    }
}
