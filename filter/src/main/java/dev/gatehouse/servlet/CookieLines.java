package dev.gatehouse.servlet;

import jakarta.servlet.http.Cookie;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code Cookie} and {@code Set-Cookie} lines as text. RFC 6265, sections 4.1 and 4.2. */
final class CookieLines {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private CookieLines() {}

    static String setCookie(Cookie cookie, InstantSource clock) {
        StringBuilder line = new StringBuilder(cookie.getName())
                .append('=')
                .append(cookie.getValue() == null ? "" : cookie.getValue());
        for (Map.Entry<String, String> attribute : cookie.getAttributes().entrySet()) {
            String name = attribute.getKey();
            String value = attribute.getValue();
            if (name.equalsIgnoreCase("Max-Age")) {
                maxAge(line, cookie.getMaxAge(), clock);
            } else if (name.equalsIgnoreCase("Secure") || name.equalsIgnoreCase("HttpOnly")) {
                if (value.isEmpty() || value.equalsIgnoreCase("true")) {
                    line.append("; ").append(name);
                }
            } else {
                line.append("; ").append(name).append(value.isEmpty() ? "" : "=" + value);
            }
        }
        return line.toString();
    }

    private static void maxAge(StringBuilder line, int seconds, InstantSource clock) {
        if (seconds >= 0) {
            Instant expires = seconds == 0 ? Instant.EPOCH : clock.instant().plusSeconds(seconds);
            line.append("; Max-Age=").append(seconds).append("; Expires=").append(HTTP_DATE.format(expires));
        }
    }

    /** @return null where there is none, as the servlet API has it */
    static Cookie[] cookies(List<String> lines) {
        List<Cookie> cookies = new ArrayList<>();
        for (String line : lines) {
            for (String pair : line.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    add(
                            cookies,
                            pair.substring(0, equals).strip(),
                            pair.substring(equals + 1).strip());
                }
            }
        }
        return cookies.isEmpty() ? null : cookies.toArray(new Cookie[0]);
    }

    /** What is no cookie by the RFC is left out, as containers do. */
    private static void add(List<Cookie> cookies, String name, String value) {
        try {
            cookies.add(new Cookie(name, value));
        } catch (IllegalArgumentException e) {
            return;
        }
    }
}
