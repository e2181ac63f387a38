package dev.gatehouse.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JsonQueryTest {

    private static final String STORE = """
            {"store": {"book": [{"price": 8.95, "title": "a"}, {"price": 22.99, "title": "b", "isbn": "1"}],
             "bicycle": {"color": "red", "empty": null, "a-b": 1, "a b": 2, "a.b": 3}}, "list": [[1,2],[3]], "0": "zero"}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "$.store.bicycle.color | \"red\"",
                "$['store']['bicycle'][\"color\"] | \"red\"",
                "$.store.book[0].title | \"a\"",
                "$.store.book[-1].title | \"b\"",
                "$.store.book[2] | MISSING",
                "$.store.book[-3] | MISSING",
                "$.store.book.title | MISSING",
                "$.store.bicycle.color.x | MISSING",
                "$.store.bicycle.empty | null",
                "$.store.bicycle.empty.x | MISSING",
                "$.store.bicycle.a-b | 1",
                "$.store.bicycle['a b'] | 2",
                "$.store.bicycle['a.b'] | 3",
                "$.store.bicycle[0] | MISSING",
                "$.list[0][1] | 2",
                "$.list[0][5] | MISSING",
                "$.0 | \"zero\"",
                "$.nothing | MISSING",
                "$.nothing.more | MISSING"
            })
    void definitePathFindsOneValueOrNothing(String path, String expected) throws Exception {
        Object root = Json.parse(STORE);

        assertThat(shown(JsonQuery.compile(path).read(root))).isEqualTo(expected);
        assertThat(JsonQuery.compile(path)).isInstanceOf(DefinitePath.class);
        assertThat(shown(JaywayPath.parse(path).read(root)))
                .as("what Jayway says")
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "$..price | [8.95,22.99]",
                "$.store.book[*].title | [\"a\",\"b\"]",
                "$.store.book[?(@.isbn)].title | [\"b\"]",
                "$.store.book[?(@.price < 10)].title | [\"a\"]",
                "$.store.book[0,1].price | [8.95,22.99]",
                "$.list[0:1] | [[1,2]]",
                "$..nothing | []",
                "$.store.book.length() | 2",
                "store.bicycle.color | \"red\"",
                "$.store.bicycle['color','a b'] | {\"color\":\"red\",\"a b\":2}"
            })
    void otherPathsAreJayways(String path, String expected) throws Exception {
        assertThat(shown(JsonQuery.compile(path).read(Json.parse(STORE)))).isEqualTo(expected);
    }

    @Test
    void rootIsTheDocument() throws Exception {
        Object root = Json.parse(STORE);

        assertThat(JsonQuery.compile("$").read(root)).isSameAs(root);
        assertThat(JsonQuery.compile("$.a").read(null)).isSameAs(JsonQuery.MISSING);
        assertThat(JsonQuery.compile("$..a").read("text")).hasToString("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$[", "$.", "$..", "$.a[?(", "$['a", "$[?(@.a =~ /(a+)+$/)]"})
    void nonsenseIsRefused(String path) {
        assertThatThrownBy(() -> JsonQuery.compile(path)).isInstanceOf(InvalidJsonPathException.class);
    }

    @Test
    void longPathIsRefused() {
        assertThatThrownBy(() -> JsonQuery.compile("$" + ".a".repeat(1_001)))
                .isInstanceOf(InvalidJsonPathException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$..*", "$..*..*", "$..*..*..*..x", "$..[?(@.a == 1)]..[?(@.b)]"})
    void expensivePathsEnd(String path) throws Exception {
        Object wide = Json.parse("[" + "{\"a\":{\"b\":[1,2,3]}},".repeat(2_000) + "1]");
        Object deep = Json.parse("[".repeat(512) + "]".repeat(512));

        for (Object root : new Object[] {wide, deep}) {
            try {
                assertThat(JsonQuery.compile(path).read(root)).isInstanceOf(JsonArray.class);
            } catch (QueryLimitException expected) {
                assertThat(expected).hasMessageContaining(path);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$..*",
                "$[*].a",
                "$..[?(@.b)]",
                "$[?(@.a.b[2] == 3)]",
                "$.length()",
                "$[(@.length-1)]",
                "$..a..b"
            })
    void pathsThroughTenMegabytesEnd(String path) throws Exception {
        Object root = Json.parse("[" + "{\"a\":{\"b\":[1,2,3]}},".repeat(470_000) + "1]");

        try {
            JsonQuery.compile(path).read(root);
        } catch (QueryLimitException | InvalidJsonPathException expected) {
            assertThat(expected).hasMessageContaining(path);
        }
    }

    @Test
    void cacheForgetsInsteadOfGrowing() {
        JsonQueryCache cache = new JsonQueryCache(2);
        JsonQuery first = cache.query("$.a");

        assertThat(cache.query("$.a")).isSameAs(first);
        cache.query("$.b");
        cache.query("$.c");
        assertThat(cache.query("$.a")).isNotSameAs(first);
    }

    private static String shown(Object value) {
        return value == JsonQuery.MISSING ? "MISSING" : Json.write(value);
    }
}
