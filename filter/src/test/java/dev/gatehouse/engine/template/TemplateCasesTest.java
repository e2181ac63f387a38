package dev.gatehouse.engine.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.json.Json;
import dev.gatehouse.engine.json.JsonText;
import dev.gatehouse.http.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the files under {@code template-cases}: each a list of cases with {@code name}, {@code origin}, what the call is
 * ({@code body}, {@code path}, {@code querystring}, {@code header}, {@code stageVariables}, {@code authorizer}), the
 * {@code template} and what is {@code expected} of it; {@code then} maps the response of the same call. A case can also expect
 * {@code requestOverride} and {@code responseOverride}.
 */
class TemplateCasesTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private final TemplateEngine engine = new TemplateEngine(TemplateLimits.DEFAULT);

    @TestFactory
    Stream<DynamicNode> everyCaseRendersAsRecorded() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/template-cases"))) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicContainer.dynamicContainer(
                            file.getFileName().toString(),
                            cases(file)
                                    .map(each -> DynamicTest.dynamicTest(
                                            each.get("name").asText() + " ["
                                                    + each.get("origin").asText() + "]",
                                            () -> run(each)))));
        }
    }

    private static Stream<JsonNode> cases(Path file) {
        try {
            JsonNode cases = YAML.readTree(file.toFile());
            return Stream.iterate(0, i -> i < cases.size(), i -> i + 1).map(cases::get);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(JsonNode each) throws Exception {
        CallContext context = TestCalls.context();
        if (each.has("authorizer")) {
            Map<String, Object> authorizer = new LinkedHashMap<>(strings(each, "authorizer"));
            context = new CallContext(
                    context.call(),
                    context.identity(),
                    context.resource(),
                    authorizer,
                    context.error(),
                    context.overrides());
        }
        if (each.has("error")) {
            Map<String, String> error = strings(each, "error");
            context = context.withError(new CallContext.ErrorFacts(
                    error.get("message"), error.get("responseType"), error.get("validationErrorString")));
        }
        RequestParameters parameters = RequestParameters.of(
                strings(each, "path"), strings(each, "querystring"), headers(strings(each, "header")));
        render(each, parameters, context, strings(each, "stageVariables"));
        if (each.has("then")) {
            render(each.get("then"), parameters, context, strings(each, "stageVariables"));
        }
        if (each.has("requestOverride")) {
            assertThat(Json.write(context.overrides().request()))
                    .isEqualTo(each.get("requestOverride").asText());
        }
        if (each.has("responseOverride")) {
            assertThat(Json.write(context.overrides().response()))
                    .isEqualTo(each.get("responseOverride").asText());
        }
    }

    private void render(
            JsonNode step, RequestParameters parameters, CallContext context, Map<String, String> stageVariables)
            throws Exception {
        MappingTemplate template = engine.compile("case", step.get("template").asText());
        JsonText body = JsonText.of(step.path("body").asText(""));
        String rendered = template.render(new TemplateCall(body, parameters, context, stageVariables));
        if (step.has("expected")) {
            assertThat(rendered).isEqualTo(step.get("expected").asText());
        }
    }

    private static Headers headers(Map<String, String> lines) {
        Headers.Builder headers = Headers.builder();
        lines.forEach(headers::add);
        return headers.build();
    }

    private static Map<String, String> strings(JsonNode each, String field) {
        Map<String, String> strings = new LinkedHashMap<>();
        each.path(field)
                .properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().asText()));
        return strings;
    }
}
