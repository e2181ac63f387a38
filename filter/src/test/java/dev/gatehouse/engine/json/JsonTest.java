package dev.gatehouse.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":1,\"a\":[1.10,-2,12345678901,12345678901234567890,1E+5],\"c\":{\"d\":null,\"e\":true}}",
                "[]",
                "{}",
                "\"a\\\"b\\\\c\\n\\r\\t\\b\\f\\u0001\"",
                "\"äö€😀/\"",
                "null",
                "0.0"
            })
    void writesWhatItRead(String text) throws Exception {
        assertThat(Json.write(Json.parse(text))).isEqualTo(text);
        assertThat(Json.write(Json.parse(text.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(text);
    }

    @Test
    void lastOfTwoMembersWins() throws Exception {
        assertThat(Json.write(Json.parse("{\"a\":1,\"b\":2,\"a\":3}"))).isEqualTo("{\"a\":3,\"b\":2}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\"}",
                "{'a':1}",
                "nul",
                "1 2",
                "{} x",
                "NaN",
                "Infinity",
                "-",
                "01",
                "\"\n\"",
                "\uFEFF{}",
                "1e1000000000",
                "1e-1000000000",
                "1e99999999999",
                "// c\n1",
                "\"\\x\""
            })
    void everythingElseIsMalformed(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void malformedTextIsPointedAt() {
        assertThatThrownBy(() -> Json.parse("{\n  \"a\": ?}"))
                .isInstanceOfSatisfying(MalformedJsonException.class, e -> {
                    assertThat(e.line()).isEqualTo(2);
                    assertThat(e.column()).isEqualTo(8);
                });
    }

    @Test
    void otherEncodingsAreRefused() {
        for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            assertThatThrownBy(() -> Json.parse("{\"a\":1}".getBytes(charset)))
                    .isInstanceOf(MalformedJsonException.class);
        }
        assertThatThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xc3, '"'}))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void depthIsLimited() throws Exception {
        assertThat(Json.parse("[".repeat(512) + "]".repeat(512))).isInstanceOf(JsonArray.class);
        assertThatThrownBy(() -> Json.parse("[".repeat(513) + "]".repeat(513)))
                .isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> Json.parse("{\"a\":".repeat(100_000))).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void longNumbersAreRefused() {
        assertThatThrownBy(() -> Json.parse("1".repeat(1_001))).isInstanceOf(MalformedJsonException.class);
    }

    /**
     * Each pair has one hash code, in Java's hashing or in that of Jackson's tables, and so have all words made of it. A reader
     * may refuse them, but must not spend an hour on them.
     */
    @ParameterizedTest
    @Timeout(60)
    @CsvSource({"Aa,BB", "Ab,BA", "aB,b!"})
    void namesThatCollideTakeTimeInProportion(String one, String other) {
        List<String> names = List.of("");
        for (int length = 0; length < 16; length++) {
            names = names.stream()
                    .flatMap(name -> Stream.of(name + one, name + other))
                    .toList();
        }
        String text = names.stream().map(name -> "\"" + name + "\":1").collect(Collectors.joining(",", "{", "}"));

        assertThat(read(text)).isIn(65_536, null);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertThat(read(utf8)).isIn(65_536, null);
        utf8[utf8.length - 6] = (byte) 0xc3;
        assertThat(read(utf8)).isNull();
    }

    @Test
    @Timeout(60)
    void aMillionNamesAreRead() {
        String text = IntStream.range(0, 1_000_000)
                .mapToObj(i -> "\"" + i + "\":1")
                .collect(Collectors.joining(",", "{", "}"));

        assertThat(read(text)).isEqualTo(1_000_000);
    }

    /** How many members the object has; null where it is refused. */
    private static Integer read(Object text) {
        try {
            Object tree = text instanceof byte[] bytes ? Json.parse(bytes) : Json.parse((String) text);
            return ((JsonObject) tree).size();
        } catch (MalformedJsonException e) {
            return null;
        }
    }

    @Test
    void objectsPrintAsJavaAndArraysAsJson() throws Exception {
        assertThat(Json.parse("{\"a\":{\"b\":\"c\"},\"d\":[{\"e\":\"f\"}],\"g\":null,\"h\":1.50}"))
                .hasToString("{a={b=c}, d=[{\"e\":\"f\"}], g=null, h=1.50}");
        assertThat(Json.parse("[{\"e\":\"f\"}]")).hasToString("[{\"e\":\"f\"}]");
    }

    @Test
    void whatContainsItselfCannotBeWritten() {
        JsonArray loop = new JsonArray();
        loop.add(loop);

        assertThatThrownBy(() -> Json.write(loop)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.write(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void javaValuesAreWrittenToo() {
        assertThat(Json.write(Map.of("a", List.of(1L, 2.5, new BigDecimal("1.0"), 'c'))))
                .isEqualTo("{\"a\":[1,2.5,1.0,\"c\"]}");
    }

    @Test
    void textIsParsedOnce() {
        JsonText text = JsonText.of("{\"a\":1}");

        assertThat(text.isJson()).isTrue();
        assertThat(text.tree()).isSameAs(text.tree());
        assertThat(JsonText.of("").isJson()).isFalse();
        assertThat(JsonText.of("oops").tree()).isNull();
        assertThat(JsonText.of("oops").problem()).hasMessageContaining("line 1");
        assertThat(JsonText.of("null").isJson()).isTrue();
    }

    @Property(tries = 200)
    void anyValueSurvivesWritingAndReading(@ForAll("values") Object value) throws Exception {
        assertThat(Json.parse(Json.write(value))).isEqualTo(value);
    }

    @Provide
    Arbitrary<Object> values() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.strings().ofMaxLength(6).map(text -> (Object) text),
                () -> Arbitraries.integers().map(number -> (Object) number),
                () -> Arbitraries.of(true, false).map(truth -> (Object) truth),
                () -> values().list().ofMaxSize(3).map(JsonArray::new),
                () -> Arbitraries.maps(Arbitraries.strings().alpha().ofMaxLength(3), values())
                        .ofMaxSize(3)
                        .map(JsonObject::new));
    }
}
