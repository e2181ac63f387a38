package dev.gatehouse.servlet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names and values of {@code application/x-www-form-urlencoded} text, in order of appearance, as many as containers take. */
final class Form {

    /** Containers have a limit of 1,000 to 10,000; without any, a body of 10 MB makes five million values. */
    private static final int MOST_VALUES = 10_000;

    private final Map<String, List<String>> fields = new LinkedHashMap<>();
    private int values;

    /**
     * @param text null counts as empty; what is no proper escape is taken literally, as browsers do
     * @throws IllegalStateException where there are too many values, as Jakarta Servlet 6.1 has it for such a form
     */
    Form add(String text, Charset charset) {
        int start = 0;
        while (text != null && start < text.length()) {
            int next = text.indexOf('&', start);
            int end = next < 0 ? text.length() : next;
            if (end > start) {
                String pair = text.substring(start, end);
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                put(decode(name, charset), equals < 0 ? "" : decode(pair.substring(equals + 1), charset));
            }
            start = end + 1;
        }
        return this;
    }

    Form put(String name, String value) {
        if (++values > MOST_VALUES) {
            throw new IllegalStateException("the request has more than " + MOST_VALUES + " parameters");
        }
        fields.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
        return this;
    }

    int count(String name) {
        return fields.getOrDefault(name, List.of()).size();
    }

    Map<String, String[]> toMap() {
        Map<String, String[]> map = new LinkedHashMap<>();
        fields.forEach((name, values) -> map.put(name, values.toArray(new String[0])));
        return map;
    }

    private static String decode(String text, Charset charset) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%' && i + 2 < raw.length && hex(raw[i + 1]) >= 0 && hex(raw[i + 2]) >= 0) {
                decoded.write(hex(raw[i + 1]) * 16 + hex(raw[i + 2]));
                i += 2;
            } else {
                decoded.write(raw[i] == '+' ? ' ' : raw[i]);
            }
        }
        return decoded.toString(charset);
    }

    private static int hex(byte b) {
        return b < 0 ? -1 : Character.digit((char) b, 16);
    }
}
