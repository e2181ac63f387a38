package dev.gatehouse.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.controlplane.openapi.ImportOptions;
import dev.gatehouse.controlplane.openapi.OpenApiImport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnescapedInputTest {

    @Test
    void apiMethodTemplateAndLineAreNamed() {
        assertThat(findings("{\n  \"a\": 1,\n  \"id\": \"$input.params('id')\"\n}"))
                .containsExactly(
                        "pets POST /pets, request template application/json, line 3: $input.params('id') is printed"
                                + " unescaped in a JSON string; $util.escapeJavaScript or $input.json escapes it",
                        "pets POST /pets, template of response 200, application/json, line 3: $input.params('id') is"
                                + " printed unescaped in a JSON string; $util.escapeJavaScript or $input.json escapes it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"$input.path('$.a')\"}",
                "{\"a\": \"$!{input.params(\"a\")}\"}",
                "{\"a\": \"user $input.params('a') of $context.apiId\"}",
                "{\"a\": \"$input.path('$.a').name\"}",
                "#set($x = 1){\"a\": \"$input.params('a')\"}",
                "{\"esc\": \"$util.escapeJavaScript($x)\", \"a\": \"$input.params('a')\"}",
            })
    void whatIsSentStandsInAString(String template) {
        assertThat(findings(template)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"$util.escapeJavaScript($input.params('a'))\"}",
                "{\"a\": $input.json('$.a')}",
                "{\"a\": $input.path('$.a')}",
                "{\"input\": \"$util.escapeJavaScript($input.json('$'))\"}",
                "#set($a = \"$input.params('a')\"){\"a\": 1}",
                "#if($input.params('a') == \"x\"){\"a\": 1}#end",
                "#foreach($i in $input.path('$.list'))\"$foreach.index\"#end",
                "{\"n\": \"$input.path('$.list').size()\"}",
                "Action=SendMessage&MessageBody=$input.params('a')",
                "{\"a\": \"fixed\", \"b\": $input.path('$.b'), \"c\": \"fixed\"}"
            })
    void whatIsEscapedOrStandsElsewhereIsNotToldOf(String template) {
        assertThat(findings(template)).isEmpty();
    }

    @Test
    void aLongListIsCut() {
        assertThat(findings("{\"a\": \"$input.params('a')\"}\n".repeat(15)))
                .hasSize(21)
                .last()
                .asString()
                .startsWith("and 10 more");
    }

    private static List<String> findings(String template) {
        Map<String, Object> integration = Map.of(
                "type",
                "mock",
                "requestTemplates",
                Map.of("application/json", template),
                "responses",
                Map.of(
                        "default",
                        Map.of("statusCode", "200", "responseTemplates", Map.of("application/json", template))));
        Map<String, Object> document = Map.of(
                "swagger",
                "2.0",
                "info",
                Map.of("title", "pets", "version", "1"),
                "paths",
                Map.of("/pets", Map.of("post", Map.of("x-amazon-apigateway-integration", integration))));
        return OpenApiImport.read(
                        new ObjectMapper().valueToTree(document).toString().getBytes(StandardCharsets.UTF_8),
                        "pets",
                        ImportOptions.of("pets", "us-east-1", "123456789012", (kind, name) -> name))
                .fold(imported -> UnescapedInput.of(imported.definition()).sentences(), rejected -> {
                    throw new AssertionError(rejected.toString());
                });
    }
}
