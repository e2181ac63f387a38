package dev.gatehouse.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The truth table below {@code policy-cases}: a row more needs no Java. */
class PolicyCasesTest {

    private static final Path CASES = Path.of("src/test/resources/policy-cases");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVERY_ARN = "arn:aws:execute-api:eu-central-1:123456789012:";
    private static final Map<String, List<Principal>> CALLERS = Map.of(
            "nobody", List.of(),
            "user", List.of(Principal.aws("arn:aws:iam::123456789012:user/bob")),
            "other user", List.of(Principal.aws("arn:aws:iam::123456789012:user/alice")),
            "root", List.of(Principal.aws("arn:aws:iam::123456789012:root")),
            "stranger", List.of(Principal.aws("arn:aws:iam::210987654321:user/bob")),
            "session",
                    List.of(
                            Principal.aws("arn:aws:sts::123456789012:assumed-role/reader/s1"),
                            Principal.aws("arn:aws:iam::123456789012:role/reader")),
            "service", List.of(Principal.service("apigateway.amazonaws.com")),
            "federated", List.of(Principal.federated("accounts.google.com")),
            "canonical",
                    List.of(Principal.canonicalUser(
                            "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be")));

    /** A line of a table, under the last statement and origin above it. */
    private record Row(String statement, String origin, List<String> cells) {

        String name() {
            return statement + " [" + String.join(" | ", cells) + "] (" + origin + ")";
        }
    }

    @TestFactory
    Stream<DynamicTest> conditions() throws IOException {
        return rows("conditions.txt", 4)
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    List<String> cells = row.cells();
                    String condition = "{\"%s\":{\"test:Key\":%s}}".formatted(cells.get(0), cells.get(1));
                    String expected = cells.get(3);
                    for (String effect : List.of("Allow", "Deny")) {
                        PolicyReading reading = read(statement(
                                effect,
                                "\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":" + condition));
                        if (expected.equals("refused")) {
                            assertThat(reading.problems()).hasSize(1);
                        } else {
                            boolean holds =
                                    expected.equals("yes") || expected.equals("undecided") && effect.equals("Deny");
                            assertThat(reading.problems()).isEmpty();
                            assertThat(verdict(reading, query(List.of(), "x:Y", "x", keys(cells.get(2)))))
                                    .isEqualTo(holds ? verdictOf(effect) : Verdict.IMPLICIT_DENY);
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> resources() throws IOException {
        return rows("resources.txt", 3)
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    List<String> cells = row.cells();
                    PolicyReading reading = read(statement(
                            "Allow",
                            "\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":"
                                    + JSON.writeValueAsString(cells.get(0))));
                    assertMatch(reading, cells.get(2), query(List.of(), "x:Y", cells.get(1), keys("-")));
                }));
    }

    @TestFactory
    Stream<DynamicTest> actions() throws IOException {
        return rows("actions.txt", 3)
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    List<String> cells = row.cells();
                    PolicyReading reading = read(statement(
                            "Allow",
                            "\"Principal\":\"*\",\"Resource\":\"*\",\"Action\":"
                                    + JSON.writeValueAsString(cells.get(0))));
                    assertMatch(reading, cells.get(2), query(List.of(), cells.get(1), "x", keys("-")));
                }));
    }

    @TestFactory
    Stream<DynamicTest> principals() throws IOException {
        return rows("principals.txt", 4)
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    List<String> cells = row.cells();
                    PolicyQuery query = query(CALLERS.get(cells.get(1)), "x:Y", "x", keys("-"));
                    String rest = ",\"Action\":\"*\",\"Resource\":\"*\"";
                    assertMatch(read(statement("Allow", "\"Principal\":" + cells.get(0) + rest)), cells.get(2), query);
                    PolicyReading not = read(statement("Deny", "\"NotPrincipal\":" + cells.get(0) + rest));
                    if (cells.get(3).equals("refused")) {
                        assertThat(not.problems()).hasSize(1);
                    } else {
                        assertThat(verdict(not, query))
                                .isEqualTo(cells.get(3).equals("yes") ? Verdict.EXPLICIT_DENY : Verdict.IMPLICIT_DENY);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> decisions() throws IOException {
        return documents("decisions.yaml").flatMap(document -> {
            PolicyReading reading = Policy.compile(document.get("policy").asText(), rules(document));
            return elements(document.get("asked"))
                    .map(asked -> DynamicTest.dynamicTest(document.get("name").asText() + " " + asked, () -> {
                        assertThat(reading.problems()).isEmpty();
                        ConditionKeys.Builder keys = ConditionKeys.builder().add("aws:username", "bob");
                        asked.path("keys")
                                .properties()
                                .forEach(key ->
                                        keys.add(key.getKey(), key.getValue().asText()));
                        PolicyDecision decision = reading.policy()
                                .orElseThrow()
                                .evaluate(query(
                                        CALLERS.get(asked.path("caller").asText("nobody")),
                                        asked.path("action").asText("execute-api:Invoke"),
                                        EVERY_ARN + asked.get("resource").asText(),
                                        keys.build()));
                        assertThat(spoken(decision)).isEqualTo(asked.get("says").asText());
                    }));
        });
    }

    @TestFactory
    Stream<DynamicTest> refused() throws IOException {
        return documents("refused.yaml")
                .map(document -> DynamicTest.dynamicTest(document.get("name").asText(), () -> {
                    PolicyReading reading =
                            Policy.compile(document.get("policy").asText(), rules(document));

                    assertThat(reading.policy()).isEmpty();
                    assertThat(reading.problems().stream().map(PolicyProblem::toString))
                            .containsExactlyElementsOf(elements(document.get("problems"))
                                    .map(JsonNode::asText)
                                    .toList());
                }));
    }

    @Test
    void theTableHasAtLeastThreeHundredRows() throws IOException {
        long rows = rows("conditions.txt", 4).count()
                + rows("resources.txt", 3).count()
                + rows("actions.txt", 3).count()
                + rows("principals.txt", 4).count();

        assertThat(rows).isGreaterThan(300);
    }

    private static void assertMatch(PolicyReading reading, String expected, PolicyQuery query) {
        if (expected.equals("refused")) {
            assertThat(reading.problems()).hasSize(1);
        } else {
            assertThat(reading.problems()).isEmpty();
            assertThat(verdict(reading, query))
                    .isEqualTo(expected.equals("yes") ? Verdict.ALLOW : Verdict.IMPLICIT_DENY);
        }
    }

    private static Stream<Row> rows(String file, int columns) throws IOException {
        List<Row> rows = new ArrayList<>();
        String statement = null;
        String origin = null;
        for (String line : Files.readAllLines(CASES.resolve(file))) {
            if (line.startsWith("== ")) {
                statement = line.substring(3);
                origin = null;
            } else if (line.startsWith("-- ")) {
                origin = line.substring(3);
            } else if (!line.startsWith("#") && !line.isBlank()) {
                List<String> cells =
                        Stream.of(line.split("\\|", -1)).map(String::strip).toList();
                assertThat(cells).as(line).hasSize(columns);
                assertThat(origin).as("origin of " + line).isNotNull();
                rows.add(new Row(statement, origin, cells));
            }
        }
        return rows.stream();
    }

    private static Stream<JsonNode> documents(String file) throws IOException {
        return elements(new YAMLMapper().readTree(CASES.resolve(file).toFile()))
                .peek(document -> assertThat(document.get("origin"))
                        .as("origin of " + document)
                        .isNotNull());
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static PolicyRules rules(JsonNode document) {
        return document.path("kind").asText().equals("identity") ? PolicyRules.IDENTITY : PolicyRules.RESOURCE;
    }

    private static String statement(String effect, String rest) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"" + effect + "\"," + rest + "}}";
    }

    private static PolicyReading read(String policy) {
        return Policy.compile(policy, PolicyRules.RESOURCE);
    }

    private static Verdict verdict(PolicyReading reading, PolicyQuery query) {
        return reading.policy().orElseThrow().evaluate(query).verdict();
    }

    private static Verdict verdictOf(String effect) {
        return effect.equals("Allow") ? Verdict.ALLOW : Verdict.EXPLICIT_DENY;
    }

    private static String spoken(PolicyDecision decision) {
        return decision.verdict()
                + (decision.statement() < 0 ? "" : " " + decision.statement())
                + (decision.sid() == null ? "" : " " + decision.sid());
    }

    private static PolicyQuery query(List<Principal> caller, String action, String resource, ConditionKeys keys) {
        return new PolicyQuery(caller, action, resource, keys);
    }

    private static ConditionKeys keys(String values) {
        ConditionKeys.Builder keys = ConditionKeys.builder()
                .add("aws:username", "bob")
                .add("aws:userid", "AIDABOB")
                .add("test:flag", "true")
                .add("test:star", "*")
                .add("test:colons", "a:b")
                .add("test:dollar", "${aws:username}")
                .add("test:several", "one")
                .add("test:several", "two");
        if (!values.equals("-")) {
            for (String value : values.split(",", -1)) {
                keys.add("TEST:key", value);
            }
        }
        return keys.build();
    }
}
