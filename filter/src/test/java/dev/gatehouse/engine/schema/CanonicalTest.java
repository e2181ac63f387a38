package dev.gatehouse.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalTest {

    private static final String ZEROS = "0".repeat(900);

    @ParameterizedTest
    @CsvSource({
        "100, 1e2",
        "100, 100.0",
        "0, 0.0",
        "0, -0.0",
        "0, 0e5",
        "-70, -7.0E1",
        "12.50, 12.5",
        "7, 7.0",
        "100000000000000000000, 1e20",
        "9223372036854775807, 9223372036854775807.0",
        "9223372036854775810, 922337203685477581e1"
    })
    void equalNumbersHaveOneForm(String one, String other) throws Exception {
        assertThat(form(one)).isEqualTo(form(other));
        assertThat(form("[{\"a\":" + one + "}]")).isEqualTo(form("[{\"a\":" + other + "}]"));
    }

    @Test
    void longNumbersHaveShortForms() throws Exception {
        assertThat(form("1e1000")).hasSizeLessThan(10);
        assertThat(form("1" + ZEROS)).isEqualTo(form("1e900"));
        assertThat(form("-1" + ZEROS + ".00")).isEqualTo(form("-1e900"));
        assertThat(form("1" + ZEROS + "1")).isNotEqualTo(form("1" + ZEROS + "2"));
    }

    @Property(tries = 2_000)
    void formsAreEqualWhereNumbersAre(
            @ForAll BigInteger digits,
            @ForAll BigInteger others,
            @ForAll @IntRange(min = -40, max = 40) int scale,
            @ForAll @IntRange(min = 0, max = 40) int zeros) {
        BigDecimal number = new BigDecimal(digits, scale);
        BigDecimal same = number.setScale(scale + zeros);
        BigDecimal other = new BigDecimal(others, scale);

        assertThat(Canonical.form(same)).isEqualTo(Canonical.form(number));
        assertThat(Canonical.form(other).equals(Canonical.form(number))).isEqualTo(other.compareTo(number) == 0);
        if (number.scale() <= 0) {
            assertThat(Canonical.form(number.toBigInteger())).isEqualTo(Canonical.form(number));
        }
    }

    @Test
    void objectsHaveNoOrderAndTextsAreNoNumbers() throws Exception {
        assertThat(form("{\"a\":1,\"b\":[2.0]}")).isEqualTo(form("{\"b\":[2],\"a\":1e0}"));
        assertThat(List.of(
                        form("1"), form("\"1\""), form("true"), form("\"true\""), form("null"), form("[]"), form("{}")))
                .doesNotHaveDuplicates();
    }

    private static String form(String json) throws Exception {
        return Canonical.form(Json.parse(json));
    }
}
