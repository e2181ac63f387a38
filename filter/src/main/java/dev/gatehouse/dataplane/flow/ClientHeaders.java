package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.observe.TraceDemands;
import dev.gatehouse.http.HeaderLine;
import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.Headers;

/**
 * Which headers of a backend reach the client, and under which name: a recorded table. What belongs to the gateway's own
 * connection comes back as {@code x-amzn-Remapped-...}.
 */
final class ClientHeaders {

    private static final String REMAPPED = "x-amzn-Remapped-";

    private static final HeaderNames RENAMED = HeaderNames.of(
            "connection",
            "content-length",
            "date",
            "server",
            "authorization",
            "content-md5",
            "expect",
            "host",
            "max-forwards",
            "proxy-authenticate",
            "trailer",
            "upgrade",
            "user-agent",
            "www-authenticate",
            // the gateway's own: a backend cannot speak for it
            "x-amzn-requestid",
            "x-amz-apigw-id",
            TraceDemands.HEADER);

    /** Of the application on the same connection: these are the container's, and are right as they are. */
    private static final HeaderNames OWN_CONNECTION = HeaderNames.of(
            "connection", "content-length", "date", "server", "transfer-encoding", "content-encoding", "via");

    private ClientHeaders() {}

    /** Adds a header that a mapping or an override asks for. */
    static void addMapped(String name, String value, Headers.Builder headers) {
        if (!HeaderLine.valid(name, value)) {
            throw new RefusedMapping(Refusal.internal("header " + name + " cannot be sent"));
        }
        if (!name.equalsIgnoreCase("Transfer-Encoding")) {
            headers.set(renamed(name), value);
        }
    }

    /**
     * Adds a header that a gateway response asks for. Its place is to ask for credentials, so {@code WWW-Authenticate} keeps its
     * name; what cannot be sent is left out, as a refusal must stay one.
     */
    static void addToRefusal(String name, String value, Headers.Builder headers) {
        if (HeaderLine.valid(name, value) && !name.equalsIgnoreCase("Transfer-Encoding")) {
            headers.set(name.equalsIgnoreCase("WWW-Authenticate") ? name : renamed(name), value);
        }
    }

    /** All that an HTTP backend sent, as a proxy passes it on. */
    static Headers.Builder proxied(Headers reply) {
        Headers.Builder headers = Headers.builder();
        reply.forEach((name, value) -> {
            boolean dropped = name.equalsIgnoreCase("Transfer-Encoding")
                    || name.equalsIgnoreCase("Content-Encoding")
                    || name.equalsIgnoreCase("Via");
            if (!dropped) {
                headers.add(renamed(name), value);
            }
        });
        return headers;
    }

    /** All that a function said. */
    static Headers.Builder ofFunction(Headers reply) {
        Headers.Builder headers = Headers.builder();
        reply.forEach((name, value) -> {
            if (!HeaderLine.valid(name, value)) {
                throw new RefusedMapping(Refusal.internal(502, "header " + name + " cannot be sent"));
            }
            if (!name.equalsIgnoreCase("Transfer-Encoding")) {
                headers.add(renamed(name), value);
            }
        });
        return headers;
    }

    /** What the application writes itself: renamed as a proxy's, but for what the container says of this connection. */
    static Headers streamed(Phase phase, Headers written) {
        Headers.Builder headers = Headers.builder();
        written.forEach((name, value) -> headers.add(OWN_CONNECTION.contains(name) ? name : renamed(name), value));
        return identified(phase, headers).build();
    }

    /** What every answer of the gateway carries. */
    static Headers.Builder identified(Phase phase, Headers.Builder headers) {
        Phase.Admitted admission = phase.admission();
        if (admission != null && admission.tellsClient() && admission.usage() != null) {
            RateLimitHeaders.add(admission.usage(), phase.context().call().requestTime(), headers);
        }
        CallTrace watched = phase.arrived().watched();
        if (watched != null) {
            watched.name(phase, headers);
        }
        return headers.set("x-amzn-RequestId", phase.context().call().requestId())
                .set("x-amz-apigw-id", phase.context().call().extendedRequestId());
    }

    /** Without what {@link #identified} adds. */
    static Headers unidentified(Headers headers) {
        return headers.where((name, value) ->
                !name.equalsIgnoreCase("x-amzn-RequestId") && !name.equalsIgnoreCase("x-amz-apigw-id"));
    }

    private static String renamed(String name) {
        return RENAMED.contains(name) ? REMAPPED + name : name;
    }
}
