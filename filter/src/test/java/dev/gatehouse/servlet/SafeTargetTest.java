package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeTargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/orders",
                "/orders/",
                "/orders/7/items",
                "/a%20b",
                "/%C3%BC",
                "/%EF%BC%8Fadmin",
                "/user@example.com",
                "/user%40example.com",
                "/100%25",
                "/%252e%252e",
                "/a.b/..c/...",
                "/a$b,c=d!e'(f)*g+h:i&j"
            })
    void pathThatEverybodyReadsAlikeIsSafe(String path) {
        assertThat(SafeTarget.complaint(path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'', does not begin with '/'",
                "orders, does not begin with '/'",
                "/public/../admin, holds a dot segment",
                "/./admin, holds a dot segment",
                "/admin/.., holds a dot segment",
                "/%2e%2e/admin, holds the escape %2e",
                "/%2E./admin, holds the escape %2E",
                "//admin, holds an empty segment",
                "/a//b, holds an empty segment",
                "/a//, holds an empty segment",
                "/a%2Fb, holds the escape %2F",
                "/a%5cb, holds the escape %5c",
                "/a%00b, holds the escape %00",
                "/a%0ab, holds the escape %0a",
                "/a%7fb, holds the escape %7f",
                "/a%3Bb, holds the escape %3B",
                "/%61dmin, holds the escape %61",
                "/%7Eme, holds the escape %7E",
                "/WEB-INF/web.xml, leads to what the container keeps private",
                "/web-inf, leads to what the container keeps private",
                "/WEB-INF.%20./web.xml, leads to what the container keeps private",
                "/META-INF/context.xml, leads to what the container keeps private",
                "/admin;x=1, holds the character 0x3b",
                "/..;/admin, holds the character 0x3b",
                "/a\\b, holds the character 0x5c",
                "/a#b, holds the character 0x23",
                "/a?b, holds the character 0x3f",
                "/a%, holds a broken percent escape",
                "/a%4, holds a broken percent escape",
                "/a%g1, holds a broken percent escape",
                "/a%4g, holds a broken percent escape",
                "/%c0%af, is not UTF-8",
                "/%C3, is not UTF-8"
            })
    void pathThatCouldBeReadOtherwiseIsNot(String path, String complaint) {
        assertThat(SafeTarget.complaint(path)).contains(complaint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\tb", "/a\nb", "/a\u0000b", "/a b", "/\u00fc", "/a\u010a"})
    void rawControlAndWideCharactersAreNot(String path) {
        assertThat(SafeTarget.complaint(path)).isPresent();
    }

    @Property
    void anyTextIsJudgedWithoutFailing(@ForAll @StringLength(max = 40) String text) {
        SafeTarget.complaint("/" + text);
    }
}
