package dev.gatehouse.servlet;

import dev.gatehouse.http.UriCharacters;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whether a raw path means the same to the gateway, which compares it as it stands, and to an application, whose container
 * decodes and normalises it first. Where the two could differ, a rule for {@code /admin} would not see {@code /%61dmin}.
 */
final class SafeTarget {

    private SafeTarget() {}

    /** @return why the path must not reach an application, for the log; empty where it may */
    static Optional<String> complaint(String rawPath) {
        if (rawPath.isEmpty() || rawPath.charAt(0) != '/') {
            return Optional.of("does not begin with '/'");
        }
        int escapes = 0;
        for (int i = 0; i < rawPath.length(); i++) {
            char c = rawPath.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '\\' || c == ';' || c == '?' || c == '#') {
                return Optional.of("holds the character 0x" + Integer.toHexString(c));
            }
            if (c == '%') {
                int value = escaped(rawPath, i);
                if (value < 0) {
                    return Optional.of("holds a broken percent escape");
                }
                if (value < ' '
                        || value == 0x7f
                        || value == '/'
                        || value == '\\'
                        || value == ';'
                        || UriCharacters.unreserved(value)) {
                    return Optional.of("holds the escape " + rawPath.substring(i, i + 3));
                }
                i += 2;
                escapes++;
            }
        }
        Optional<String> complaint = segments(rawPath);
        return complaint.isPresent() || escapes == 0 ? complaint : utf8(rawPath, escapes);
    }

    private static Optional<String> segments(String rawPath) {
        if (isPrivate(rawPath)) {
            return Optional.of("leads to what the container keeps private");
        }
        int start = 1;
        while (start <= rawPath.length()) {
            int slash = rawPath.indexOf('/', start);
            int end = slash < 0 ? rawPath.length() : slash;
            int dots = 0;
            while (start + dots < end && rawPath.charAt(start + dots) == '.') {
                dots++;
            }
            if ((dots == 1 || dots == 2) && start + dots == end) {
                return Optional.of("holds a dot segment");
            }
            if (start == end && slash >= 0) {
                return Optional.of("holds an empty segment");
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    /** A client cannot ask a container for these, but a forward can: Jakarta Servlet 6.0, section 10.5. Windows drops the dots. */
    private static boolean isPrivate(String rawPath) {
        int end = Math.max(privateFolder(rawPath, "/WEB-INF"), privateFolder(rawPath, "/META-INF"));
        if (end < 0) {
            return false;
        }
        while (rawPath.startsWith(".", end) || rawPath.startsWith("%20", end)) {
            end += rawPath.charAt(end) == '.' ? 1 : 3;
        }
        return end == rawPath.length() || rawPath.charAt(end) == '/';
    }

    /** @return where the folder's name ends; -1 where the path does not begin with it */
    private static int privateFolder(String rawPath, String folder) {
        return rawPath.regionMatches(true, 0, folder, 0, folder.length()) ? folder.length() : -1;
    }

    private static Optional<String> utf8(String rawPath, int escapes) {
        byte[] decoded = new byte[rawPath.length() - 2 * escapes];
        int from = 0;
        for (int i = 0; i < decoded.length; i++) {
            boolean escape = rawPath.charAt(from) == '%';
            decoded[i] = (byte) (escape ? escaped(rawPath, from) : rawPath.charAt(from));
            from += escape ? 3 : 1;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded));
            return Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.of("is not UTF-8");
        }
    }

    /** @return the byte of the percent escape there, or a negative number */
    private static int escaped(String rawPath, int at) {
        return at + 2 < rawPath.length() ? hex(rawPath.charAt(at + 1)) * 16 + hex(rawPath.charAt(at + 2)) : -1;
    }

    /** @return so small for other characters that a sum with it stays negative */
    private static int hex(char c) {
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        return digit < 0 ? -1000 : digit;
    }
}
