package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CookieLinesTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static String line(Cookie cookie) {
        return CookieLines.setCookie(cookie, () -> NOW);
    }

    @Test
    void attributesAreWrittenAsTheRfcHasThem() {
        Cookie cookie = new Cookie("a", "1");
        assertThat(line(cookie)).isEqualTo("a=1");
        cookie.setMaxAge(60);
        assertThat(line(cookie)).isEqualTo("a=1; Max-Age=60; Expires=Fri, 02 Jan 2026 03:05:05 GMT");
        cookie.setMaxAge(-1);
        cookie.setSecure(true);
        assertThat(line(cookie)).isEqualTo("a=1; Secure");
        cookie.setSecure(false);
        cookie.setAttribute("SameSite", "Lax");
        assertThat(line(cookie)).isEqualTo("a=1; SameSite=Lax");
    }

    @Test
    void deletedCookieExpiresInThePast() {
        Cookie cookie = new Cookie("a", null);
        cookie.setMaxAge(0);
        assertThat(line(cookie)).isEqualTo("a=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
    }

    @Test
    void cookiesAreReadFromAllLinesAndBrokenOnesLeftOut() {
        Cookie[] cookies = CookieLines.cookies(List.of("a=1; b=2=3", "c=; =x; bad name=1; d"));
        assertThat(cookies).extracting(Cookie::getName).containsExactly("a", "b", "c");
        assertThat(cookies).extracting(Cookie::getValue).containsExactly("1", "2=3", "");
        assertThat(CookieLines.cookies(List.of())).isNull();
    }
}
