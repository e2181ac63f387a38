package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UrlPatternTest {

    @ParameterizedTest
    @CsvSource({
        "/*, /orders, true",
        "/*, /orders/*, true",
        "/*, *.do, true",
        "/*, /, true",
        "/*, '', true",
        "/api/*, /api/*, true",
        "/api/*, /api/v1/*, true",
        "/api/*, /api, true",
        "/api/*, /api/x, true",
        "/api/*, /apix, false",
        "/api/*, /apix/*, false",
        "/api/*, /*, false",
        "/api/*, *.do, false",
        "/api/*, /, false",
        "*.do, *.do, true",
        "*.do, /a.do, true",
        "*.do, /a.dox, false",
        "*.do, /*, false",
        "/a, /a, true",
        "/a, /a/*, false",
        "/, /orders, false"
    })
    void filterCoversServlet(String filter, String servlet, boolean covers) {
        assertThat(new UrlPattern(filter).covers(new UrlPattern(servlet))).isEqualTo(covers);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/*, /*, true",
        "/api/*, /other/*, false",
        "/api/*, *.do, true",
        "/api/*, /, true",
        "/a, /b, false",
        "/a, *.do, false",
        "/a.do, *.do, true"
    })
    void patternsOverlapWhereARequestMatchesBoth(String one, String other, boolean overlap) {
        assertThat(new UrlPattern(one).overlaps(new UrlPattern(other))).isEqualTo(overlap);
        assertThat(new UrlPattern(other).overlaps(new UrlPattern(one))).isEqualTo(overlap);
    }
}
