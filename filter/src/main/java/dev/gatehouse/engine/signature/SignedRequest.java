package dev.gatehouse.engine.signature;

import dev.gatehouse.http.Headers;
import java.util.Objects;

/**
 * A request as it came over the wire, for what its signature says about it.
 *
 * @param head everything but the body
 * @param body the bytes received; must not change while the request is verified
 */
public record SignedRequest(Head head, byte[] body) {

    public SignedRequest {
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(body, "body");
    }

    public SignedRequest(String method, String host, String rawPath, String rawQuery, Headers headers, byte[] body) {
        this(new Head(method, host, rawPath, rawQuery, headers), body);
    }

    /**
     * @param method the verb, in the client's spelling
     * @param host what the client called us, port included as sent: the {@code Host} header or HTTP/2's {@code :authority}
     * @param rawPath encoded as sent, from the first slash of the request target on; empty counts as {@code /}
     * @param rawQuery encoded as sent, without {@code ?}; null where there is none
     * @param headers as received
     */
    public record Head(String method, String host, String rawPath, String rawQuery, Headers headers) {

        public Head {
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(rawPath, "rawPath");
            Objects.requireNonNull(headers, "headers");
        }
    }

    public String method() {
        return head.method;
    }

    public String host() {
        return head.host;
    }

    public String rawPath() {
        return head.rawPath;
    }

    public String rawQuery() {
        return head.rawQuery;
    }

    public Headers headers() {
        return head.headers;
    }
}
