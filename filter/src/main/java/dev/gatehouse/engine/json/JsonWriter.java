package dev.gatehouse.engine.json;

import java.util.Map;

/** Compact JSON text, appended to a builder. */
final class JsonWriter {

    /** Deeper than any document we read: only a structure that contains itself gets here. */
    private static final int MAX_DEPTH = 1_000;

    /** Six times our largest string: only a structure that contains the same part again and again gets here. */
    private static final int MAX_LENGTH = 64 * 1024 * 1024;

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out;

    JsonWriter(StringBuilder out) {
        this.out = out;
    }

    static void requireDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    void write(Object value, int depth) {
        requireDepth(depth);
        if (out.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("more than " + MAX_LENGTH + " characters of JSON");
        }
        if (value instanceof String text) {
            string(text);
        } else if (value instanceof Map<?, ?> map) {
            object(map, depth);
        } else if (value instanceof Iterable<?> items) {
            array(items, depth);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value == null || value instanceof Boolean) {
            out.append(value);
        } else {
            string(value.toString());
        }
    }

    private void object(Map<?, ?> map, int depth) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            string(String.valueOf(member.getKey()));
            out.append(':');
            write(member.getValue(), depth + 1);
        }
        out.append('}');
    }

    private void array(Iterable<?> items, int depth) {
        out.append('[');
        boolean first = true;
        for (Object item : items) {
            if (!first) {
                out.append(',');
            }
            first = false;
            write(item, depth + 1);
        }
        out.append(']');
    }

    private void number(Number number) {
        if (number instanceof Double || number instanceof Float) {
            if (!Double.isFinite(number.doubleValue())) {
                throw new IllegalArgumentException("JSON has no number " + number);
            }
        }
        out.append(number);
    }

    private void string(String text) {
        out.append('"');
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') {
                continue;
            }
            out.append(text, copied, i);
            escape(c);
            copied = i + 1;
        }
        out.append(text, copied, text.length()).append('"');
    }

    private void escape(char c) {
        out.append('\\');
        switch (c) {
            case '"', '\\' -> out.append(c);
            case '\n' -> out.append('n');
            case '\r' -> out.append('r');
            case '\t' -> out.append('t');
            case '\b' -> out.append('b');
            case '\f' -> out.append('f');
            default -> out.append("u00").append(HEX[c >> 4]).append(HEX[c & 15]);
        }
    }
}
