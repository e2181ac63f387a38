package dev.gatehouse.http;

/**
 * One call as the client sent it, before anything was decided about it.
 *
 * @param method the verb, in the client's spelling
 * @param host the {@code Host} header's value, port included as sent; empty where the client sent none
 * @param path the raw, still encoded path below the context path and the filter's mapping; begins with {@code /}
 * @param query the raw query string without {@code ?}; null where there is none
 * @param headers as received
 * @param client who is at the other end of the connection
 * @param payload reads the body on demand
 * @param downstream the application behind the filter
 */
public record GatewayRequest(
        String method,
        String host,
        String path,
        String query,
        Headers headers,
        Client client,
        Payload payload,
        Downstream downstream) {

    public GatewayRequest withMethod(String other) {
        return new GatewayRequest(other, host, path, query, headers, client, payload, downstream);
    }

    /**
     * @param sourceIp textual address of the caller
     * @param protocol such as {@code HTTP/1.1}
     * @param scheme {@code http} or {@code https}
     * @param port the port that the client connected to
     */
    public record Client(String sourceIp, String protocol, String scheme, int port) {}
}
