package dev.gatehouse.http;

/**
 * What goes back to the client.
 *
 * @param status 200 to 599; of a proxied backend its own, up to 999
 * @param headers complete, but for what the container sets itself ({@code Date}, {@code Content-Length}, {@code Connection})
 * @param body see {@link Body}
 */
public record GatewayResponse(int status, Headers headers, Body body) {

    public static GatewayResponse of(int status, Headers headers, byte[] body) {
        return new GatewayResponse(status, headers, new Body.Bytes(body));
    }

    public GatewayResponse withHeaders(Headers replaced) {
        return new GatewayResponse(status, replaced, body);
    }

    public sealed interface Body {
        /** Still to be written, as it stands. */
        record Bytes(byte[] bytes) implements Body {}

        /** To be passed on as it comes; whoever writes it takes it to its end or cancels it. */
        record Stream(BodyStream stream) implements Body {}

        /** The application behind the filter has written head and body itself; {@code length} is -1 where nobody counted. */
        record Sent(long length) implements Body {}
    }
}
