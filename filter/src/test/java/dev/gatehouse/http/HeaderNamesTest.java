package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeaderNamesTest {

    private static final HeaderNames NAMES = HeaderNames.of("te", "via", "Date", "host");

    @Test
    void namesAreFoundWhateverTheirCase() {
        assertThat(NAMES.contains("TE")).isTrue();
        assertThat(NAMES.contains("Via")).isTrue();
        assertThat(NAMES.contains("date")).isTrue();
        assertThat(NAMES.contains("HOST")).isTrue();
    }

    @Test
    void nothingElseIsFound() {
        assertThat(NAMES.contains("")).isFalse();
        assertThat(NAMES.contains("t")).isFalse();
        assertThat(NAMES.contains("from")).isFalse();
        assertThat(NAMES.contains("hosts")).isFalse();
        assertThat(HeaderNames.of().contains("host")).isFalse();
    }
}
