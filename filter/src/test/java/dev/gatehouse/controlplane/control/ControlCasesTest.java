package dev.gatehouse.controlplane.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.gatehouse.controlplane.control.ControlCase.Expected;
import dev.gatehouse.controlplane.control.ControlCase.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs {@code src/test/resources/control/<area>/<statement>.yaml}: a new case needs no Java. */
class ControlCasesTest {

    private static final Path CASES = Path.of("src/test/resources/control");
    private static final Pattern REPETITION = Pattern.compile("\\$\\{(.)\\*(\\d+)}");
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.walk(CASES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .map(file -> CASES.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** The errors of Amazon's that were recorded, numbered from one: none must get lost when cases are moved or rewritten. */
    @Test
    void everyRecordedErrorHasACase() throws IOException {
        Set<Integer> rows = new TreeSet<>();
        for (String file : cases()) {
            YAML.readValue(CASES.resolve(file).toFile(), ControlCase.class)
                    .calls()
                    .forEach(step -> rows.add(step.row()));
        }
        assertThat(rows).containsAll(IntStream.rangeClosed(1, 124).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theControlPlaneAnswersAsTheCaseSays(String file) throws IOException {
        ControlCase one = YAML.readValue(CASES.resolve(file).toFile(), ControlCase.class);
        assertThat(one.origin()).as("origin").isNotBlank();
        try (TestControlPlane plane = one.gateway()
                ? TestControlPlane.ofGateway()
                : TestControlPlane.of(one.refuses() == null ? List.of() : one.refuses())) {
            Map<String, String> captured = new HashMap<>(Map.of("account", TestControlPlane.ACCOUNT));
            for (int i = 0; i < one.calls().size(); i++) {
                run(plane, one.calls().get(i), captured, "call " + (i + 1));
            }
        }
    }

    private static void run(TestControlPlane plane, Step step, Map<String, String> captured, String place)
            throws IOException {
        String what = step.send() == null ? step.call() : step.send();
        String[] call = fill(what, captured).split(" ", 2);
        ControlResponse answer = step.send() == null
                ? plane.call(call[0], call[1], body(step, captured))
                : plane.send(
                        call[0], call[1], step.key() == null ? null : fill(step.key(), captured), body(step, captured));
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        String description = place + ", " + what + ", answered " + answer.status() + " " + text;
        Expected expected = step.expect();
        assertThat(answer.status()).as(description).isEqualTo(expected.status());
        if (expected.headers() != null) {
            expected.headers()
                    .forEach((name, value) -> assertThat(answer.headers().first(name))
                            .as(name + " of " + description)
                            .isEqualTo(fill(value, captured)));
        }
        assertThat(answer.headers().first("x-amzn-ErrorType")).as(description).isEqualTo(expected.error());
        assertThat(answer.headers().first("x-amzn-RequestId")).as(description).isNotBlank();
        if (expected.empty()) {
            assertThat(text).as(description).isEmpty();
            return;
        }
        JsonNode json = text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
        if (expected.message() != null) {
            assertThat(json.path("message").textValue()).as(description).isEqualTo(fill(expected.message(), captured));
        }
        if (expected.body() != null) {
            assertThat(matches(filled(expected.body(), captured), json, true))
                    .as(description)
                    .isTrue();
        }
        if (expected.members() != null) {
            assertThat(matches(filled(expected.members(), captured), json, false))
                    .as(description)
                    .isTrue();
        }
        if (expected.absent() != null) {
            expected.absent()
                    .forEach(pointer -> assertThat(json.at(pointer).isMissingNode())
                            .as(pointer + " in " + description)
                            .isTrue());
        }
        if (step.capture() != null) {
            step.capture()
                    .forEach((name, pointer) ->
                            captured.put(name, json.at(pointer).asText()));
        }
    }

    private static String body(Step step, Map<String, String> captured) throws IOException {
        if (step.document() != null) {
            return fill(step.document(), captured);
        }
        return step.body() == null ? "" : JSON.writeValueAsString(filled(step.body(), captured));
    }

    private static JsonNode filled(JsonNode node, Map<String, String> captured) throws IOException {
        return JSON.readTree(fill(JSON.writeValueAsString(node), captured));
    }

    private static String fill(String text, Map<String, String> captured) {
        String filled =
                REPETITION.matcher(text).replaceAll(found -> found.group(1).repeat(Integer.parseInt(found.group(2))));
        for (Map.Entry<String, String> entry : captured.entrySet()) {
            filled = filled.replace("${" + entry.getKey() + "}", entry.getValue());
        }
        return filled;
    }

    /** @param whole whether objects must have no other members */
    private static boolean matches(JsonNode expected, JsonNode actual, boolean whole) {
        if (expected.isTextual() && expected.textValue().equals("<any>")) {
            return !actual.isMissingNode() && !actual.isNull();
        }
        if (expected.isTextual() && expected.textValue().matches("(?s)/.+/")) {
            String pattern =
                    expected.textValue().substring(1, expected.textValue().length() - 1);
            return actual.isTextual()
                    && Pattern.compile(pattern).matcher(actual.textValue()).matches();
        }
        if (expected instanceof ObjectNode members && actual.isObject()) {
            return (!whole || members.size() == actual.size())
                    && members.properties().stream()
                            .allMatch(entry -> matches(entry.getValue(), actual.path(entry.getKey()), whole));
        }
        if (expected instanceof ArrayNode elements && actual.isArray()) {
            boolean same = elements.size() == actual.size();
            for (int i = 0; same && i < elements.size(); i++) {
                same = matches(elements.get(i), actual.get(i), whole);
            }
            return same;
        }
        return expected.equals(
                (left, right) -> left.isNumber()
                                && right.isNumber()
                                && left.decimalValue().compareTo(right.decimalValue()) == 0
                        ? 0
                        : left.equals(right) ? 0 : 1,
                actual);
    }
}
