package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotSegmentsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "/..",
                "/a/../b",
                "/a/.",
                "/a/%2e%2E/b",
                "/a/.%2e",
                "/a%2f..%2Fb",
                "/a%5c..",
                "/a\\..\\b",
                "/..;/b",
                "/a/..%3bx/b",
                "//..",
                "http://host/.."
            })
    void segmentsThatClimbAreFoundHoweverTheyAreWritten(String path) {
        assertThat(DotSegments.in(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/...",
                "/.a",
                "/a.",
                "/..a",
                "/a..",
                "/a;..",
                "/%252e%252e/",
                "/a.b/c..d",
                "/%2",
                "/.%",
                "/..%2",
                "http://host.example.com:80/a"
            })
    void otherDotsAreNames(String path) {
        assertThat(DotSegments.in(path)).isFalse();
    }
}
