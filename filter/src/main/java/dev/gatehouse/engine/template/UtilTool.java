package dev.gatehouse.engine.template;

import dev.gatehouse.engine.json.Json;
import dev.gatehouse.engine.json.MalformedJsonException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** {@code $util}: API Gateway developer guide, "$util functions". No state, so one for all. */
final class UtilTool {

    static final UtilTool INSTANCE = new UtilTool();

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private UtilTool() {}

    /** As Commons Lang 2: quotes, backslash and slash get a backslash; controls and all beyond ASCII become an escape. */
    static String escapeJavaScript(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\'', '\\', '/' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ' || c > '~') {
                        out.append("\\u")
                                .append(HEX[c >> 12])
                                .append(HEX[c >> 8 & 15])
                                .append(HEX[c >> 4 & 15])
                                .append(HEX[c & 15]);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    /** Null for empty text. */
    static Object parseJson(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Json.parse(text);
        } catch (MalformedJsonException e) {
            throw Failure.of("$util.parseJson: " + e.getMessage());
        }
    }

    static String urlEncode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String urlDecode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    static String base64Encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64Decode(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "";
    }
}
