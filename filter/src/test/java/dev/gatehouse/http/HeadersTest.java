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

    @Test
    void whatABuilderHasBuiltDoesNotChangeWhenTheBuilderGoesOn() {
        Headers.Builder builder = Headers.builder().add("A", "1").add("B", "2");
        Headers built = builder.build();

        builder.add("C", "3").remove("A").set("B", "4");

        assertThat(built).isEqualTo(Headers.of("A", "1", "B", "2"));
        assertThat(builder.build()).isEqualTo(Headers.of("C", "3", "B", "4"));
    }

    @Test
    void whatABuilderBeganWithDoesNotChange() {
        Headers origin = Headers.of("A", "1", "B", "2", "C", "3");

        Headers other = origin.toBuilder().remove("B").add("D", "4").build();

        assertThat(origin).isEqualTo(Headers.of("A", "1", "B", "2", "C", "3"));
        assertThat(other).isEqualTo(Headers.of("A", "1", "C", "3", "D", "4"));
    }

    @Test
    void conditionsKeepTheOrderAndWhetherTheSpellingIsKnown() {
        Headers headers = Headers.builder()
                .add("a", "1")
                .add("b", "2")
                .add("c", "3")
                .withSpellingLost()
                .build();

        assertThat(headers.where((name, value) -> true)).isSameAs(headers);
        assertThat(headers.where((name, value) -> false)).isSameAs(Headers.EMPTY);
        assertThat(headers.where((name, value) -> !name.equals("b"))).isEqualTo(Headers.of("a", "1", "c", "3"));
        assertThat(headers.where((name, value) -> !name.equals("b")).lastExact("C"))
                .isEqualTo("3");
    }

    @Test
    void moreLinesThanABuilderHasRoomForAllStay() {
        Headers.Builder builder = Headers.of("n0", "0").toBuilder();
        for (int i = 1; i < 100; i++) {
            builder.add("n" + i, Integer.toString(i));
        }

        Headers built = builder.build();

        assertThat(built.size()).isEqualTo(100);
        assertThat(built.hashCode()).isEqualTo(builder.build().hashCode());
        for (int i = 0; i < 100; i++) {
            assertThat(built.first("N" + i)).isEqualTo(Integer.toString(i));
        }
    }
}
