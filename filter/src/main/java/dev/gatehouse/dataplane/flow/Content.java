package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.snapshot.ContentHandling;
import dev.gatehouse.engine.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A payload that is either text, for templates and JSON, or bytes. Which of both, and how one becomes the other, is decided by
 * the binary media types and {@code contentHandling}; the two tables are recorded (developer guide, "content type
 * conversions").
 */
sealed interface Content {

    byte[] bytes();

    record Text(JsonText json) implements Content {
        @Override
        public byte[] bytes() {
            return json.text().getBytes(StandardCharsets.UTF_8);
        }
    }

    record Binary(byte[] bytes) implements Content {}

    /** Text that should have been base64: the definition asks for a conversion that cannot be done. */
    final class NotBase64Exception extends RuntimeException {
        NotBase64Exception() {
            super("the payload is not base64", null, false, false);
        }
    }

    /** A request's payload, on its way in. */
    static Content ofRequest(byte[] payload, boolean binary, ContentHandling handling) {
        if (binary) {
            return handling == ContentHandling.CONVERT_TO_TEXT ? base64(payload) : new Binary(payload);
        }
        return handling == ContentHandling.CONVERT_TO_BINARY ? decoded(payload) : text(payload);
    }

    /** An answer's payload, on its way out. */
    static Content ofResponse(byte[] payload, boolean binary, boolean acceptsBinary, ContentHandling handling) {
        if (payload.length == 0) {
            // nothing is the same in both forms, and a mock's template reads it also where every media type is binary
            return text(payload);
        }
        if (binary) {
            boolean asText = handling == ContentHandling.CONVERT_TO_TEXT || handling == null && !acceptsBinary;
            return asText ? base64(payload) : new Binary(payload);
        }
        boolean asBytes = handling == ContentHandling.CONVERT_TO_BINARY || handling == null && acceptsBinary;
        return asBytes ? decoded(payload) : text(payload);
    }

    /** A function's result on its way out: base64 in it stands in the quotes of a JSON string. */
    static Content ofResult(byte[] payload, boolean binary, boolean acceptsBinary, ContentHandling handling) {
        boolean asBytes = handling == ContentHandling.CONVERT_TO_BINARY || handling == null && acceptsBinary;
        byte[] unquoted = !binary && asBytes && text(payload).json().tree() instanceof String string
                ? string.getBytes(StandardCharsets.UTF_8)
                : payload;
        return ofResponse(unquoted, binary, acceptsBinary, handling);
    }

    static Text text(byte[] payload) {
        return new Text(JsonText.of(new String(payload, StandardCharsets.UTF_8)));
    }

    private static Text base64(byte[] payload) {
        return new Text(JsonText.of(Base64.getEncoder().encodeToString(payload)));
    }

    /** Strictly (recorded): Java would do without the padding. */
    private static Binary decoded(byte[] payload) {
        if (payload.length % 4 != 0) {
            throw new NotBase64Exception();
        }
        try {
            return new Binary(Base64.getDecoder().decode(payload));
        } catch (IllegalArgumentException e) {
            throw new NotBase64Exception();
        }
    }
}
