package dev.gatehouse.controlplane.openapi;

import static dev.gatehouse.controlplane.openapi.ImportOptions.BasePath.IGNORE;
import static dev.gatehouse.controlplane.openapi.ImportOptions.BasePath.PREPEND;
import static dev.gatehouse.controlplane.openapi.ImportOptions.BasePath.SPLIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.definition.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BasePathTest {

    private static final String SWAGGER = "swagger: '2.0'\ninfo: {title: t}\nbasePath: %s\npaths: {/e: {get: {}}}";
    private static final String OPENAPI = "openapi: 3.0.1\ninfo: {title: t}\nservers: %s\npaths: {/e: {get: {}}}";

    /** The examples of the developer guide, and those recorded from AWS. */
    @ParameterizedTest
    @CsvSource({
        "/a/b/c, IGNORE,  '/, /e'",
        "/a/b/c, PREPEND, '/, /a, /a/b, /a/b/c, /a/b/c/e'",
        "/a/b/c, SPLIT,   '/, /b, /b/c, /b/c/e'",
        "/base,  PREPEND, '/, /base, /base/e'",
        "/base,  SPLIT,   '/, /e'",
        "/base-url/part/, SPLIT, '/, /part, /part/e'",
        "/,      PREPEND, '/, /e'",
    })
    void basePathOfSwaggerIsTreatedAsAsked(String base, ImportOptions.BasePath treatment, String expected) {
        assertThat(paths(SWAGGER.formatted(base), treatment)).hasToString("[" + expected + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{url: 'https://x.example.com/a/b/'}]                                     | /, /a, /a/b, /a/b/e",
                "[{url: /a}]                                                               | /, /a, /a/e",
                "[{url: 'https://x.example.com'}]                                          | /, /e",
                "[{url: 'https://x/{v}/b', variables: {v: {default: a}}}]                  | /, /a, /a/b, /a/b/e",
                "[{url: 'https://x/z', variables: {basePath: {default: /a/}}}]             | /, /a, /a/e",
                "[{url: 'https://x/z'}, {url: y, variables: {basePath: {default: a}}}]     | /, /a, /a/e",
                "[{url: 'https://x/a'}, {url: 'https://y/b'}]                              | /, /a, /a/e",
            })
    void basePathOfOpenApiIsAVariableOfThatNameOrThePathOfTheFirstServer(String servers, String expected) {
        assertThat(paths(OPENAPI.formatted(servers), PREPEND)).hasToString("[" + expected + "]");
    }

    @ParameterizedTest
    @EnumSource
    void documentWithoutBasePathIsTheSameInAllTreatments(ImportOptions.BasePath treatment) {
        assertThat(paths("swagger: '2.0'\ninfo: {title: t}\npaths: {/e: {get: {}}}", treatment))
                .containsExactly("/", "/e");
    }

    @Test
    void rootPathBecomesTheBasePathItself() {
        String document = "swagger: '2.0'\ninfo: {title: t}\nbasePath: /a\npaths: {/: {get: {}}}";

        assertThat(Imports.method(Imports.definition(document, Imports.OPTIONS.with(PREPEND)), "/a", "GET"))
                .isNotNull();
        assertThat(Imports.method(Imports.definition(document, Imports.OPTIONS.with(SPLIT)), "/", "GET"))
                .isNotNull();
    }

    @Test
    void trailingSlashMakesNoOtherResource() {
        assertThat(paths("swagger: '2.0'\ninfo: {title: t}\npaths: {/e/: {get: {}}}", IGNORE))
                .containsExactly("/", "/e");
    }

    private static List<String> paths(String document, ImportOptions.BasePath treatment) {
        return Imports.definition(document, Imports.OPTIONS.with(treatment)).resources().stream()
                .map(Resource::path)
                .toList();
    }
}
