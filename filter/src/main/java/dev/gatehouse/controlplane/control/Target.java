package dev.gatehouse.controlplane.control;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a request goes: path segments and query, decoded once. A segment may hold a slash, such as that of a tagged ARN.
 *
 * @param query all values of each name, in their order
 */
record Target(List<String> segments, Map<String, List<String>> query) {

    /** @throws ControlError where path or query cannot be decoded */
    static Target of(ControlRequest request) {
        List<String> segments = new ArrayList<>();
        for (String raw : request.path().substring(1).split("/", -1)) {
            segments.add(decode(raw));
        }
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (request.query() != null) {
            for (String pair : request.query().split("&")) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                query.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
            }
        }
        return new Target(segments, query);
    }

    /** What the path names: without the namespace of our own operations. */
    List<String> subject() {
        boolean own = segments.size() > 1 && Operation.OWN.equals("/" + segments.get(0));
        return own ? segments.subList(1, segments.size()) : segments;
    }

    /** @return the first value; null where there is none */
    String first(String name) {
        List<String> values = query.get(name);
        return values == null ? null : values.get(0);
    }

    boolean has(String name, String value) {
        return query.getOrDefault(name, List.of()).contains(value);
    }

    private static String decode(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        byte[] text = raw.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(text.length);
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '%') {
                int high = i + 2 < text.length ? Character.digit(text[i + 1], 16) : -1;
                int low = high < 0 ? -1 : Character.digit(text[i + 2], 16);
                if (low < 0) {
                    throw undecodable();
                }
                decoded.put((byte) (high << 4 | low));
                i += 2;
            } else {
                decoded.put(text[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
        } catch (CharacterCodingException e) {
            throw undecodable();
        }
    }

    private static ControlError undecodable() {
        return ControlError.badRequest("The request URI is not percent-encoded UTF-8");
    }
}
