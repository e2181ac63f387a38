package dev.gatehouse.dataplane.integration;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The event of a Lambda proxy integration, payload format 1.0: keys and their order as recorded from API Gateway. A map with
 * nothing in it is null.
 */
public final class LambdaProxyEvent {

    private LambdaProxyEvent() {}

    /** @return JSON in UTF-8 */
    public static byte[] write(ProxyCall call) {
        return EventWriter.write(2048 + call.body().length, true, (event, json) -> {
            json.writeStartObject();
            event.writeRequest(call);
            writeBody(json, call);
            json.writeEndObject();
        });
    }

    private static void writeBody(JsonGenerator json, ProxyCall call) throws IOException {
        boolean base64 = call.binary() && call.body().length > 0;
        json.writeFieldName("body");
        if (call.body().length == 0) {
            json.writeNull();
        } else if (base64) {
            json.writeBinary(call.body());
        } else {
            json.writeString(new String(call.body(), StandardCharsets.UTF_8));
        }
        json.writeBooleanField("isBase64Encoded", base64);
    }
}
