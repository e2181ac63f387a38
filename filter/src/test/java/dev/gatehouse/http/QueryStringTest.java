package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueryStringTest {

    /** "Aa" and "BB" have one hash code, and so have all words made of them. */
    @Test
    void namesThatCollideTakeTimeInProportion() {
        List<String> names = List.of("");
        for (int length = 0; length < 16; length++) {
            names = names.stream()
                    .flatMap(name -> Stream.of(name + "Aa", name + "BB"))
                    .collect(Collectors.toList());
        }

        QueryString query = QueryString.parse(String.join("&", names));

        assertThat(query.toMap()).hasSize(65_536);
        assertThat(query.toMultiMap()).hasSize(65_536);
        assertThat(query.last(names.get(0))).isEmpty();
    }

    @Test
    void separatorsAloneAreNoParameters() {
        assertThat(QueryString.parse("&;".repeat(5_000_000)).isEmpty()).isTrue();
    }
}
