package dev.gatehouse.http;

import java.nio.charset.StandardCharsets;

/** Whether a name and a value make one header line, and not two (RFC 9110, section 5). */
public final class HeaderLine {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private HeaderLine() {}

    public static boolean valid(String name, String value) {
        return isToken(name) && isValue(value);
    }

    /** Whether the text can be the name of a header, or a verb. */
    public static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letterOrDigit && TOKEN_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether the text is free of control characters; a tab is none. */
    public static boolean isValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** One character for each byte that goes out: the value itself, or its UTF-8 where Latin-1 does not have all of it. */
    public static String onTheWire(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0xff) {
                return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            }
        }
        return value;
    }
}
