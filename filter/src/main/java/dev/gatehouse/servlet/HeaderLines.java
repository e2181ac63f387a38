package dev.gatehouse.servlet;

import dev.gatehouse.http.Headers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Header lines from and to the container. */
final class HeaderLines {

    /** The container's own business: it frames the message and minds the connection. */
    private static final Set<String> FRAMING =
            Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "trailer", "upgrade");

    private HeaderLines() {}

    /** From HTTP/2 on the authority stands for the host; not every container makes a line of it. RFC 9113, section 8.3.1. */
    static Headers of(HttpServletRequest request) {
        Headers.Builder lines = Headers.builder();
        Set<String> seen = new HashSet<>();
        List<String> names = Collections.list(request.getHeaderNames());
        boolean lost = Spelling.isLost(names, request.getProtocol());
        for (String name : names) {
            // a container may list a name once per spelling, and give all values under each
            if (seen.add(name.toLowerCase(Locale.ROOT))) {
                String spelled = lost ? Spelling.usual(name) : name;
                Collections.list(request.getHeaders(name)).forEach(value -> lines.add(spelled, value));
            }
        }
        if (lost) {
            lines.withSpellingLost();
        }
        if (!seen.contains("host") && !request.getProtocol().startsWith("HTTP/1.")) {
            lines.add("Host", authority(request));
        }
        return lines.build();
    }

    private static String authority(HttpServletRequest request) {
        String name = request.getServerName();
        String host = name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
        int port = request.getServerPort();
        return port == (request.getScheme().equals("https") ? 443 : 80) ? host : host + ":" + port;
    }

    /**
     * Puts the lines on the response in place of those of the same name. Framing headers stay the container's, and so does the
     * cookie of a session that it has begun for the application.
     */
    static void write(Headers headers, HttpServletResponse response) {
        Set<String> seen = new HashSet<>();
        headers.forEach((name, value) -> {
            String key = name.toLowerCase(Locale.ROOT);
            if (FRAMING.contains(key)) {
                return;
            }
            if (seen.add(key) && !key.equals("set-cookie")) {
                response.setHeader(name, wire(value));
            } else {
                response.addHeader(name, wire(value));
            }
        });
    }

    /** Containers keep the low byte of a character, and that of U+010A is a line feed: so beyond Latin-1 as UTF-8 bytes. */
    private static String wire(String value) {
        return value.chars().allMatch(c -> c <= 0xff)
                ? value
                : new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** @return null where the line can go out, otherwise what is wrong with it; values never appear in the text */
    static String complaint(String name, String value) {
        if (name == null || name.isEmpty() || !name.chars().allMatch(HeaderLines::isToken)) {
            return "a header name holds a character that HTTP does not allow";
        }
        if (value == null || value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f)) {
            return "header " + name + " holds a control character";
        }
        return null;
    }

    /** RFC 9110, section 5.6.2. */
    private static boolean isToken(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
