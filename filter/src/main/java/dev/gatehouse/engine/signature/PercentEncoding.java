package dev.gatehouse.engine.signature;

import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding as Signature Version 4 wants it: everything but {@code A-Z a-z 0-9 - . _ ~} becomes {@code %XY} in upper
 * case. Works on UTF-8 bytes, so that a text which is no valid UTF-8 after decoding keeps its bytes.
 */
final class PercentEncoding {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private static final boolean[] UNRESERVED = new boolean[128];

    static {
        for (char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".toCharArray()) {
            UNRESERVED[c] = true;
        }
    }

    private PercentEncoding() {}

    static String encodeKeepingSlashes(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b == '/') {
                encoded.append('/');
            } else {
                append(encoded, b);
            }
        }
        return encoded.toString();
    }

    /** Brings an already encoded path into its one canonical spelling; slashes separate, a plus is a plus. */
    static String recodePath(String rawPath) {
        byte[] bytes = rawPath.getBytes(StandardCharsets.UTF_8);
        StringBuilder encoded = new StringBuilder(bytes.length + 16);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && i + 2 < bytes.length && digit(bytes[i + 1]) >= 0 && digit(bytes[i + 2]) >= 0) {
                append(encoded, (byte) (digit(bytes[i + 1]) << 4 | digit(bytes[i + 2])));
                i += 2;
            } else if (bytes[i] == '/') {
                encoded.append('/');
            } else {
                append(encoded, bytes[i]);
            }
        }
        return encoded.toString();
    }

    /**
     * Brings an already encoded component of a query into the one canonical spelling. A plus is a space; a percent sign that
     * begins no escape stands for itself.
     */
    static String recode(String component) {
        byte[] bytes = component.getBytes(StandardCharsets.UTF_8);
        StringBuilder encoded = new StringBuilder(bytes.length + 16);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && i + 2 < bytes.length && digit(bytes[i + 1]) >= 0 && digit(bytes[i + 2]) >= 0) {
                append(encoded, (byte) (digit(bytes[i + 1]) << 4 | digit(bytes[i + 2])));
                i += 2;
            } else {
                append(encoded, bytes[i] == '+' ? (byte) ' ' : bytes[i]);
            }
        }
        return encoded.toString();
    }

    /** Decodes a component of a query as {@link #recode} reads it. */
    static String decode(String component) {
        if (component.indexOf('%') < 0 && component.indexOf('+') < 0) {
            return component;
        }
        byte[] bytes = component.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && i + 2 < bytes.length && digit(bytes[i + 1]) >= 0 && digit(bytes[i + 2]) >= 0) {
                bytes[length++] = (byte) (digit(bytes[i + 1]) << 4 | digit(bytes[i + 2]));
                i += 2;
            } else {
                bytes[length++] = bytes[i] == '+' ? (byte) ' ' : bytes[i];
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** @return the value of a hexadecimal digit, or a negative number */
    static int digit(int b) {
        return Character.digit(b, 16);
    }

    /** Whether the byte stands for itself. */
    static boolean unreserved(byte b) {
        return b >= 0 && UNRESERVED[b];
    }

    private static void append(StringBuilder encoded, byte b) {
        if (unreserved(b)) {
            encoded.append((char) b);
        } else {
            encoded.append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
        }
    }
}
