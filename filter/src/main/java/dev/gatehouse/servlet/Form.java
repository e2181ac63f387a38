package dev.gatehouse.servlet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names and values of {@code application/x-www-form-urlencoded} text, in order of appearance. */
final class Form {

    private final Map<String, List<String>> fields = new LinkedHashMap<>();

    /** @param text null counts as empty; what is no proper escape is taken literally, as browsers do */
    Form add(String text, Charset charset) {
        if (text != null) {
            for (String pair : text.split("&")) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    String name = equals < 0 ? pair : pair.substring(0, equals);
                    put(decode(name, charset), equals < 0 ? "" : decode(pair.substring(equals + 1), charset));
                }
            }
        }
        return this;
    }

    Form put(String name, String value) {
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
