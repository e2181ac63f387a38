package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadersTest {

    @Test
    void exactMeansTheClientsSpelling() {
        Headers headers = Headers.of("X-Color", "red", "x-color", "blue");

        assertThat(headers.lastExact("X-Color")).isEqualTo("red");
        assertThat(headers.lastExact("X-COLOR")).isNull();
        assertThat(headers.allExact("x-color")).containsExactly("blue");
        assertThat(headers.last("X-Color")).isEqualTo("blue");
    }

    @Test
    void whereTheSpellingIsLostExactMeansAnySpelling() {
        Headers headers =
                Headers.builder().add("x-color", "red").withSpellingLost().build();

        assertThat(headers.lastExact("X-Color")).isEqualTo("red");
        assertThat(headers.where((name, value) -> true).allExact("X-Color")).containsExactly("red");
        assertThat(headers.with("y", "1").lastExact("X-Color")).isEqualTo("red");
    }

    @Test
    void settingALineReplacesAllOfThatName() {
        Headers headers = Headers.of("a", "1", "B", "2", "A", "3").with("A", "4");

        assertThat(headers.toMultiMap()).containsOnlyKeys("B", "A");
        assertThat(headers.all("a")).containsExactly("4");
    }

    @Test
    void theTextOfHeadersShowsNoValue() {
        assertThat(Headers.of("Authorization", "secret").toString()).isEqualTo("[Authorization]");
    }
}
