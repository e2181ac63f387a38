package dev.gatehouse.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A query string, decoded once: {@code +} is a space, {@code ;} separates as {@code &} does, names are case-sensitive, a name
 * without {@code =} has the empty value (API Gateway developer guide and recordings). Immutable and thread-safe.
 */
public final class QueryString {

    public static final QueryString EMPTY = new QueryString(List.of());

    private final List<String> namesAndValues;

    private QueryString(List<String> namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    /**
     * @param raw without the {@code ?}; null and empty are a call without query
     * @throws IllegalArgumentException where a percent sign is not followed by two hexadecimal digits, and for a character that
     *     must be encoded: a pipe, braces (API Gateway developer guide, "important notes"), a fragment's {@code #}, controls
     */
    public static QueryString parse(String raw) {
        if (raw == null || raw.isEmpty()) {
            return EMPTY;
        }
        List<String> pairs = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= raw.length(); i++) {
            if (i < raw.length() && mustBeEncoded(raw.charAt(i))) {
                throw new IllegalArgumentException("a character of the query string has to be percent-encoded");
            }
            if (i == raw.length() || raw.charAt(i) == '&' || raw.charAt(i) == ';') {
                if (i > start) {
                    addPair(raw.substring(start, i), pairs);
                }
                start = i + 1;
            }
        }
        return new QueryString(pairs);
    }

    private static boolean mustBeEncoded(char c) {
        return c <= ' ' || c == 0x7f || c == '|' || c == '{' || c == '}' || c == '#';
    }

    private static void addPair(String pair, List<String> pairs) {
        int equals = pair.indexOf('=');
        pairs.add(decode(equals < 0 ? pair : pair.substring(0, equals)));
        pairs.add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text.replace('+', ' ');
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.put(hexByte(text, i));
                i += 2;
            } else if (c == '+') {
                bytes.put((byte) ' ');
            } else {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    private static byte hexByte(String text, int percent) {
        int high = percent + 2 < text.length() ? Character.digit(text.charAt(percent + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(text.charAt(percent + 2), 16);
        if (low < 0) {
            throw new IllegalArgumentException("broken percent encoding in the query string");
        }
        return (byte) (high << 4 | low);
    }

    public boolean isEmpty() {
        return namesAndValues.isEmpty();
    }

    /** @return the last value of that name, or null where there is none */
    public String last(String name) {
        for (int i = namesAndValues.size() - 2; i >= 0; i -= 2) {
            if (namesAndValues.get(i).equals(name)) {
                return namesAndValues.get(i + 1);
            }
        }
        return null;
    }

    /** @return all values of that name in order; empty where there is none */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(2);
        forEach((key, value) -> {
            if (key.equals(name)) {
                values.add(value);
            }
        });
        return values;
    }

    public void forEach(BiConsumer<String, String> parameter) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            parameter.accept(namesAndValues.get(i), namesAndValues.get(i + 1));
        }
    }

    /** Every name once with its last value. The map is a copy. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        forEach(map::put);
        return map;
    }

    /** Every name once, in order of first appearance, with all its values. The map is a copy. */
    public Map<String, List<String>> toMultiMap() {
        Map<String, List<String>> map = new LinkedHashMap<>();
        forEach((name, value) ->
                map.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value));
        return map;
    }
}
