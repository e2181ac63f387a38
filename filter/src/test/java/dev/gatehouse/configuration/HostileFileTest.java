package dev.gatehouse.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.definition.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileFileTest {

    @Test
    void tenMegabytesAreNotRead() {
        assertThat(only("#".repeat(10 * 1024 * 1024))).isEqualTo("gatehouse.yaml#: the file is over 1 MiB");
    }

    @Test
    void anAliasBombIsNotSetOff() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", java.util.Collections.nCopies(9, alias))));
        }
        assertThat(only(bomb.toString())).contains("aliases");
    }

    @Test
    void aliasesWithinTheLimitStayCheap() {
        String stages = "s: &s [" + "{stageName: x}, ".repeat(20) + "]\n";
        String apis = "apis: [" + "{restApiId: a, body: b, stages: *s}, ".repeat(49) + "]";
        assertThat(problems(stages + apis)).hasSize(Problems.LIMIT + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void deepNestingIsNotFollowed(String level) {
        assertThat(only(level.repeat(50_000))).contains("gatehouse.yaml").containsAnyOf("epth", "no YAML");
    }

    @Test
    void theLimitOfNestingIsTold() {
        assertThat(only("apis: " + "[".repeat(25) + "]".repeat(25)))
                .isEqualTo("gatehouse.yaml#: this is no YAML that can be read: Nesting Depth exceeded max 20");
    }

    @Test
    void aCycleOfAliasesEnds() {
        assertThat(only("apis: &a [*a]")).isEqualTo("gatehouse.yaml:1:7#/apis/0: expected a mapping, found a list");
        assertThat(problems("&a {*a : *a}")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "region: !!javax.script.ScriptEngineManager [!!java.net.URL [\"http://127.0.0.1/\"]]",
                "region: !!java.lang.String eu-west-1",
                "region: !mine eu-west-1",
                "region: !!binary aGk=",
                "!!set {region}",
                "? !!java.lang.Runtime region\n: x"
            })
    void tagsMakeNoObjects(String file) {
        assertThat(only(file)).containsAnyOf("is not allowed", "a key must be plain text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "---\n", "\uFEFF"})
    void anEmptyFileIsToldFromAnEmptyConfiguration(String file) {
        assertThat(only(file)).contains("empty").startsWith("gatehouse.yaml");
    }

    @Test
    void bytesThatAreNoTextAreNotGuessedAt() {
        assertThat(only(new byte[] {'a', ':', ' ', (byte) 0xc3, (byte) 0x28}))
                .isEqualTo("gatehouse.yaml#: the file is not UTF-8");
        assertThat(only("a: \u0000")).contains("U+0000 at position 3");
    }

    @Test
    void oneDocumentIsAllThereMayBe() {
        assertThat(only("region: eu-west-1\n---\nregion: us-east-1"))
                .startsWith("gatehouse.yaml:2:1#: this is no YAML");
    }

    @Test
    void aMessageDoesNotCarryLineBreaksIntoALog() {
        assertThat(only("region: \"x\\r\\nforged: line\\u2028\"")).doesNotContain("\r", "\n", "\u2028");
        assertThat(problems("\"x\\nforged\": 1").toString()).doesNotContain("\n");
    }

    @Test
    void aNumberOfTenThousandDigitsIsOutOfRange() {
        String file = "functions: [{functionName: f, handler: H, timeout: " + "9".repeat(10_000) + "}]";
        assertThat(only(file)).contains("expected a whole number from 1 to 900").hasSizeLessThan(300);
    }

    @Test
    void aTagThatTheLibraryItselfDoesNotExpectIsAProblem() {
        assertThat(only("!!%a")).contains("this is no YAML that can be read");
    }

    @Property(tries = 2000)
    void anyTextGetsAnAnswer(@ForAll("almostYaml") String file) {
        ReadResult result = read(file.getBytes(StandardCharsets.UTF_8));
        assertThat(result.<Boolean>fold(read -> true, problems -> !problems.isEmpty()))
                .isTrue();
    }

    @Provide
    Arbitrary<String> almostYaml() {
        return Arbitraries.of(
                        "apis",
                        "stages",
                        "functions",
                        "credentials",
                        "a",
                        "env",
                        "region",
                        "endpoints",
                        "allow",
                        ": ",
                        ":\n",
                        "\n",
                        "  ",
                        "- ",
                        "[",
                        "]",
                        "{",
                        "}",
                        ", ",
                        "&x ",
                        "*x",
                        "!!",
                        "\"",
                        "'",
                        "#",
                        "|",
                        "~",
                        "5",
                        "true",
                        "? ",
                        "<<",
                        "%",
                        "@",
                        "\t",
                        "---\n",
                        "\uD83D\uDE00")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    private static String only(String file) {
        return only(file.getBytes(StandardCharsets.UTF_8));
    }

    private static String only(byte[] file) {
        List<Problem> problems = problems(file);
        assertThat(problems).hasSize(1);
        return problems.get(0).toString();
    }

    private static List<Problem> problems(String file) {
        return problems(file.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Problem> problems(byte[] file) {
        return read(file)
                .fold(
                        configuration -> {
                            throw new AssertionError("accepted: " + configuration);
                        },
                        problems -> problems);
    }

    private static ReadResult read(byte[] file) {
        return ConfigurationFile.read("gatehouse.yaml", file, FakeSecrets.NONE);
    }
}
