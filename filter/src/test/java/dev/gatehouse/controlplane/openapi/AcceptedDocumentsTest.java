package dev.gatehouse.controlplane.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AcceptedDocumentsTest {

    static Stream<Path> documents() throws IOException {
        return Imports.cases("accepted");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void documentBecomesExactlyTheExpectedDefinition(Path document) {
        Path expected = document.resolveSibling(document.getFileName() + ".expected");

        assertThat(Imports.json(Imports.definition(Imports.text(document), Imports.OPTIONS)))
                .isEqualTo(Imports.text(expected));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void jsonAndYamlOfTheSameDocumentGiveEqualDefinitions(Path document) throws Exception {
        String text = Imports.text(document);
        String json = SafeDocument.parse(text).toString();
        String yaml = YamlTexts.of(SafeDocument.parse(text));

        assertThat(YamlTree.parse(yaml)).isEqualTo(SafeDocument.parse(json));
        String expected = Imports.json(Imports.definition(text, Imports.OPTIONS));
        assertThat(Imports.json(Imports.definition(json, Imports.OPTIONS))).isEqualTo(expected);
        assertThat(Imports.json(Imports.definition(yaml, Imports.OPTIONS))).isEqualTo(expected);
    }
}
