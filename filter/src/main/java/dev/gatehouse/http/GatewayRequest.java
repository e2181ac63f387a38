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
 * @param sent the request line as the client wrote it: what a signature speaks of
 */
public record GatewayRequest(
        String method,
        String host,
        String path,
        String query,
        Headers headers,
        Client client,
        Payload payload,
        Downstream downstream,
        Sent sent) {

    /** A request to a gateway that has the whole server for itself: the client's path is the gateway's. */
    public GatewayRequest(
            String method,
            String host,
            String path,
            String query,
            Headers headers,
            Client client,
            Payload payload,
            Downstream downstream) {
        this(method, host, path, query, headers, client, payload, downstream, new Sent(method, path));
    }

    /** With the verb that the client means, where it cannot send it; {@link #sent} stays. */
    public GatewayRequest withMethod(String other) {
        return new GatewayRequest(other, host, path, query, headers, client, payload, downstream, sent);
    }

    /**
     * @param method the verb that was sent
     * @param path raw, with everything in front of the gateway's own: context path and mapping of the filter
     */
    public record Sent(String method, String path) {}

    /**
     * @param sourceIp textual address of the caller
     * @param protocol such as {@code HTTP/1.1}
     * @param scheme {@code http} or {@code https}
     * @param port the port that the client connected to
     */
    public record Client(String sourceIp, String protocol, String scheme, int port) {}
}
