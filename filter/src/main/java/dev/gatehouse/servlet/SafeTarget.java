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
        byte[] decoded = new byte[rawPath.length()];
        int used = 0;
        for (int i = 0; i < rawPath.length(); i++) {
            char c = rawPath.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '\\' || c == ';' || c == '?' || c == '#') {
                return Optional.of("holds the character 0x" + Integer.toHexString(c));
            }
            int value = c;
            if (c == '%') {
                value = i + 2 < rawPath.length() ? hex(rawPath.charAt(i + 1)) * 16 + hex(rawPath.charAt(i + 2)) : -1;
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
            }
            decoded[used++] = (byte) value;
        }
        int length = used;
        return segments(rawPath).or(() -> utf8(decoded, length));
    }

    private static Optional<String> segments(String rawPath) {
        String[] segments = rawPath.substring(1).split("/", -1);
        if (isPrivate(segments[0])) {
            return Optional.of("leads to what the container keeps private");
        }
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].equals(".") || segments[i].equals("..")) {
                return Optional.of("holds a dot segment");
            }
            if (segments[i].isEmpty() && i < segments.length - 1) {
                return Optional.of("holds an empty segment");
            }
        }
        return Optional.empty();
    }

    /** A client cannot ask a container for these, but a forward can: Jakarta Servlet 6.0, section 10.5. Windows drops the dots. */
    private static boolean isPrivate(String firstSegment) {
        String folder = firstSegment.replaceFirst("(\\.|%20)+$", "");
        return folder.equalsIgnoreCase("WEB-INF") || folder.equalsIgnoreCase("META-INF");
    }

    private static Optional<String> utf8(byte[] bytes, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.of("is not UTF-8");
        }
    }

    /** @return so small for other characters that a sum with it stays negative */
    private static int hex(char c) {
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        return digit < 0 ? -1000 : digit;
    }
}
