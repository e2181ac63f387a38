package dev.gatehouse.engine.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class BoundedPatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "^a$|a|true",
                "^a$|~a\n~|false",
                "^a.c$|~a\nc~|false",
                "^a.c$|~a\u0085c~|true",
                "a\\/b|a/b|true",
                "^[[]$|[|true",
                "^[a&&b]$|&|true",
                "^[&&]$|&|true",
                "^\\s$|\u00a0|true",
                "^[\\s]$|\ufeff|true",
                "^\\S$|\u00a0|false",
                "^\\v$|\u000b|true",
                "^\\v$|~\n~|false",
                "^[\\b]$|\b|true",
                "a??b|b|true",
                "^(?:a){2,3}?$|aa|true",
                "^(?!x)\\w+$|xy|false",
                "(?<name>a)\\k<name>|aa|true",
                "[^]|~\n~|true",
                "[]|a|false",
                "^\\d+$|٣|false"
            })
    void javaScriptsExpressionsFindWhatTheyFindThere(String expression, String text, boolean found) {
        assertThat(BoundedPattern.ecma(expression).find(text, new LookBudget(1_000)))
                .isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a++", "a*+", "a?+", "(?i)a", "(?>a)", "\\Qa", "\\A", "\\z", "(", "[a", "\\", "\\h", "*"})
    void whatOnlyJavaReadsIsRefused(String expression) {
        assertThatThrownBy(() -> BoundedPattern.ecma(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expression);
    }

    @Test
    void wholeTextMatchesOrNot() {
        assertThat(BoundedPattern.compile("4\\d\\d").matches("404")).isTrue();
        assertThat(BoundedPattern.compile("4\\d\\d").matches("4044")).isFalse();
    }

    @Test
    void textThatCannotBeDecidedDoesNotMatch() {
        assertThat(BoundedPattern.compile(".*.*.*.*=").matches("a".repeat(2_000)))
                .isFalse();
        assertThat(BoundedPattern.compile("(.|\\n)*").matches("a".repeat(200_000)))
                .isFalse();
    }

    @Test
    void findingSaysWhereItCannotBeDecided() {
        LookBudget budget = new LookBudget(10_000);

        assertThatThrownBy(() -> BoundedPattern.ecma("^.*.*.*.*=$").find("a".repeat(2_000), budget))
                .isInstanceOf(LookBudget.SpentException.class);
    }
}
