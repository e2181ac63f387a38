package dev.gatehouse.engine.signature;

import dev.gatehouse.http.Headers;
import java.util.Objects;

/**
 * A request as it came over the wire, for what its signature says about it.
 *
 * @param method the verb, in the client's spelling
 * @param host what the client called us, port included as sent: the {@code Host} header or HTTP/2's {@code :authority}
 * @param rawPath encoded as sent, from the first slash of the request target on; empty counts as {@code /}
 * @param rawQuery encoded as sent, without {@code ?}; null where there is none
 * @param headers as received
 * @param body the bytes received; must not change while the request is verified
 */
public record SignedRequest(String method, String host, String rawPath, String rawQuery, Headers headers, byte[] body) {

    public SignedRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(rawPath, "rawPath");
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(body, "body");
    }
}
