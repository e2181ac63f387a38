package dev.gatehouse.controlplane.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.definition.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the tests of this package share: the case files, ids that tell what they are for, and short ways in. */
final class Imports {

    static final Path CASES = Path.of("src/test/resources/openapi");

    static final ImportOptions OPTIONS = ImportOptions.of(
            "api1", "eu-west-1", "123456789012", (kind, name) -> kind.name().toLowerCase(Locale.ROOT) + ":" + name);

    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private Imports() {}

    static Stream<Path> cases(String folder) throws IOException {
        try (Stream<Path> files = Files.list(CASES.resolve(folder))) {
            return files.filter(file -> !file.toString().endsWith(".expected")).sorted().toList().stream();
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ImportResult read(String text, ImportOptions options) {
        return OpenApiImport.read(text.getBytes(StandardCharsets.UTF_8), "api", options);
    }

    static ApiDefinition definition(String text, ImportOptions options) {
        return read(text, options).fold(ImportResult.Imported::definition, rejected -> {
            throw new AssertionError(rejected.problems().toString());
        });
    }

    static List<Problem> problems(String text) {
        return read(text, OPTIONS).fold(ImportResult.Imported::warnings, ImportResult.Rejected::problems);
    }

    static Method method(ApiDefinition definition, String path, String verb) {
        return definition.resources().stream()
                .filter(resource -> resource.path().equals(path))
                .map(Resource::resourceMethods)
                .findFirst()
                .orElseThrow()
                .get(verb);
    }

    /** The whole definition as a text to compare and to read. */
    static String json(ApiDefinition definition) {
        try {
            return JSON.writeValueAsString(definition) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
