package dev.gatehouse.servlet;

import dev.gatehouse.http.HeaderLine;
import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.Headers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Header lines from and to the container. */
final class HeaderLines {

    /** The container's own business: it frames the message and minds the connection. */
    private static final HeaderNames FRAMING =
            HeaderNames.of("content-length", "transfer-encoding", "connection", "keep-alive", "trailer", "upgrade");

    /** Up to so many names it is cheaper to go through them than to keep a set; beyond, a client could make it dear. */
    private static final int FEW = 64;

    private HeaderLines() {}

    /** From HTTP/2 on the authority stands for the host; not every container makes a line of it. RFC 9113, section 8.3.1. */
    static Headers of(HttpServletRequest request) {
        Headers.Builder lines = Headers.builder();
        List<String> names = Collections.list(request.getHeaderNames());
        Predicate<String> seen = names.size() <= FEW ? lines::contains : seenIn(new HashSet<>());
        boolean lost = Spelling.isLost(names, request.getProtocol());
        for (String name : names) {
            // a container may list a name once per spelling, and give all values under each
            if (!seen.test(name)) {
                String spelled = lost ? Spelling.usual(name) : name;
                Enumeration<String> values = request.getHeaders(name);
                while (values.hasMoreElements()) {
                    lines.add(spelled, values.nextElement());
                }
            }
        }
        if (lost) {
            lines.withSpellingLost();
        }
        if (!lines.contains("Host") && !request.getProtocol().startsWith("HTTP/1.")) {
            lines.add("Host", authority(request));
        }
        return lines.build();
    }

    private static Predicate<String> seenIn(Set<String> names) {
        return name -> !names.add(name.toLowerCase(Locale.ROOT));
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
        for (int line = 0; line < headers.size(); line++) {
            String name = headers.name(line);
            if (FRAMING.contains(name)) {
                continue;
            }
            String value = HeaderLine.onTheWire(headers.value(line));
            if (headers.find(name, 0) == line && !name.equalsIgnoreCase("Set-Cookie")) {
                response.setHeader(name, value);
            } else {
                response.addHeader(name, value);
            }
        }
    }

    /** @return null where all lines can go out, otherwise what is wrong with one; values never appear in the text */
    static String complaint(Headers headers) {
        String complaint = null;
        for (int line = 0; line < headers.size() && complaint == null; line++) {
            complaint = complaint(headers.name(line), headers.value(line));
        }
        return complaint;
    }

    /** @return null where the line can go out, otherwise what is wrong with it; values never appear in the text */
    static String complaint(String name, String value) {
        if (name == null || !HeaderLine.isToken(name)) {
            return "a header name holds a character that HTTP does not allow";
        }
        if (value == null || !HeaderLine.isValue(value)) {
            return "header " + name + " holds a control character";
        }
        return null;
    }
}
