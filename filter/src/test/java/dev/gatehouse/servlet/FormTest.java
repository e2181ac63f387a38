package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FormTest {

    private static Form form(String text) {
        return new Form().add(text, StandardCharsets.UTF_8);
    }

    @Test
    void namesAndValuesAreDecodedInTheirOrder() {
        assertThat(form("b=1&&a=x+y%C3%BC&b=%zz&c&=d&").toMap()).satisfies(map -> {
            assertThat(map.keySet()).containsExactly("b", "a", "c", "");
            assertThat(map.get("b")).containsExactly("1", "%zz");
            assertThat(map.get("a")).containsExactly("x y\u00fc");
            assertThat(map.get("c")).containsExactly("");
        });
        assertThat(form(null).toMap()).isEmpty();
        assertThat(form("").toMap()).isEmpty();
    }

    @Test
    void tenThousandValuesAreTheMost() {
        assertThat(form("a=1&".repeat(10_000)).count("a")).isEqualTo(10_000);
        assertThatThrownBy(() -> form("a=1&".repeat(10_001)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the request has more than 10000 parameters");
        assertThatThrownBy(() -> form("a&".repeat(5_000_000))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void separatorsAloneAreNoValues() {
        assertThat(form("&".repeat(10_000_000)).toMap()).isEmpty();
    }
}
