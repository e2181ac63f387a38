package dev.gatehouse.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RouteTableTest {

    @Test
    void aPathThatDoesNotFitIsNoMatch() {
        assertThat(table("/pets GET").match("GET", "/PETS")).isEmpty();
        assertThat(table("/pets GET").match("GET", "/pets/1")).isEmpty();
        assertThat(table("/pets GET").match("get", "/pets")).isEmpty();
        assertThat(table("/pets ANY").match("TRACE", "/pets")).isEmpty();
        assertThat(table("/pets ANY").match("ANY", "/pets")).isEmpty();
    }

    @Test
    void parametersComeInTheOrderOfThePathAndStayEncoded() {
        Map<String, String> parameters = table("/a/{x}/b/{y} GET")
                .match("GET", "/a/1%2F2/b/+")
                .orElseThrow()
                .pathParameters();

        assertThat(parameters).containsExactly(Map.entry("x", "1%2F2"), Map.entry("y", "+"));
    }

    @Test
    void whatABranchCapturedIsForgottenWhenTheSearchComesBack() {
        RouteTable<String> table = table("/a/{x}/end POST", "/{all+} GET");

        assertThat(table.match("GET", "/a/b/end").orElseThrow().pathParameters())
                .isEqualTo(Map.of("all", "a/b/end"));
    }

    @Test
    void aLongPathCostsNoDepth() {
        String path = "/a".repeat(50_000);

        assertThat(table("/{all+} GET").match("GET", path)).isPresent();
        assertThat(table("/a/{x} GET").match("GET", path)).isEmpty();
    }

    /** Every resource is there as a word and as a variable, so that a search may turn back at each segment. */
    @Test
    @Timeout(20)
    void manyResourcesCostNoMoreThanTheirNumber() {
        RouteTable.Builder<String> builder = RouteTable.builder();
        for (int i = 0; i < 1 << 12; i++) {
            StringBuilder path = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                path.append((i >> bit & 1) == 0 ? "/a" : "/{v" + bit + "}");
            }
            builder.add(path + "/end", "GET", path.toString());
        }
        RouteTable<String> table = builder.build();

        for (int i = 0; i < 5; i++) {
            assertThat(table.match("GET", "/a".repeat(12) + "/other")).isEmpty();
            assertThat(table.match("GET", "/a".repeat(10_000))).isEmpty();
            assertThat(table.match("GET", "/a".repeat(11) + "/" + "x".repeat(8_192)))
                    .isEmpty();
        }
        assertThat(table.match("GET", "/a".repeat(12) + "/end")).isPresent();
    }

    @Test
    void siblingVariablesAreAConflict() {
        assertThatThrownBy(() -> table("/{x} GET", "/{y+} GET"))
                .isInstanceOf(RouteConflictException.class)
                .hasMessageContaining("{y+}")
                .hasMessageContaining("{x}");
        assertThatThrownBy(() -> table("/{x+} GET", "/{x+}/more GET")).isInstanceOf(RouteConflictException.class);
        assertThatThrownBy(() -> table("/x GET", "/x GET")).isInstanceOf(RouteConflictException.class);
    }

    @Property(tries = 3000)
    void theTreeFindsWhatTryingEveryRouteFinds(
            @ForAll("routes") Set<String> routes, @ForAll("methods") String method, @ForAll("paths") String path) {
        RouteTable.Builder<String> builder = RouteTable.builder();
        NaiveRouteTable oracle = new NaiveRouteTable();
        for (String route : routes) {
            String[] parts = route.split(" ");
            try {
                builder.add(parts[0], parts[1], parts[1] + " " + parts[0]);
                oracle.add(parts[0], parts[1]);
            } catch (RouteConflictException e) {
                // the oracle does not get it either
            }
        }

        assertThat(builder.build()
                        .match(method, path)
                        .map(RouteTable.Match::value)
                        .orElse(null))
                .isEqualTo(oracle.match(method, path));
    }

    @Provide
    Arbitrary<Set<String>> routes() {
        Arbitrary<String> segment = Arbitraries.of("a", "b", "a", "b", "{v}", "{g+}");
        Arbitrary<String> path = segment.list().ofMaxSize(4).map(list -> "/" + String.join("/", list));
        return Combinators.combine(path, Arbitraries.of("GET", "POST", "ANY"))
                .as((one, method) -> one + " " + method)
                .set()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> methods() {
        return Arbitraries.of("GET", "POST", "PUT", "TRACE");
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("a", "b", "c", "").list().ofMaxSize(6).map(list -> "/" + String.join("/", list));
    }

    private static RouteTable<String> table(String... routes) {
        RouteTable.Builder<String> builder = RouteTable.builder();
        for (String route : routes) {
            String[] parts = route.split(" ");
            builder.add(parts[0], parts[1], route);
        }
        return builder.build();
    }
}
