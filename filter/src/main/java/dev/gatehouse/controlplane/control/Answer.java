package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.http.Headers;

/** What an operation has to say; its status is the operation's own. */
record Answer(Headers headers, byte[] body) {

    /** For operations that answer with their status alone. */
    static final Answer NOTHING = new Answer(Headers.EMPTY, new byte[0]);

    static Answer json(JsonNode content) {
        return document("application/json", Documents.bytes(content));
    }

    Answer with(String header, String value) {
        return new Answer(headers.with(header, value), body);
    }

    static Answer document(String contentType, byte[] content) {
        return new Answer(Headers.of("Content-Type", contentType), content);
    }
}
