package dev.gatehouse.controlplane.control;

import dev.gatehouse.http.Headers;
import java.util.Objects;

/**
 * A call of the control plane as it arrived. Nothing is decoded: a signature covers these very bytes.
 *
 * @param method verb
 * @param requestUri raw path as sent, the one that the caller has signed
 * @param path the part of it below the control plane's mapping; begins with a slash
 * @param query raw query string without question mark; null where there is none
 * @param body complete; not copied, and not to be changed
 * @param address from which the caller's connection came, as an IP address; headers have no say in it
 * @param secure whether the connection is encrypted
 * @param gateway URL, without a slash at its end, below which the gateway answers {@code /_aws/execute-api/...} for this caller;
 *     null where that is not known
 */
public record ControlRequest(
        String method,
        String requestUri,
        String path,
        String query,
        Headers headers,
        byte[] body,
        String address,
        boolean secure,
        String gateway) {

    public ControlRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(requestUri, "requestUri");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(address, "address");
    }

    /** A call of which nobody knows how the gateway is reached. */
    public ControlRequest(
            String method,
            String requestUri,
            String path,
            String query,
            Headers headers,
            byte[] body,
            String address,
            boolean secure) {
        this(method, requestUri, path, query, headers, body, address, secure, null);
    }
}
