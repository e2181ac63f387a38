package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Arrived;
import dev.gatehouse.dataplane.flow.Phase.Valid;
import dev.gatehouse.dataplane.observe.TraceDemands;
import dev.gatehouse.dataplane.snapshot.RequestMapping;
import dev.gatehouse.engine.expression.CallFacts;
import dev.gatehouse.engine.expression.Overrides;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.HeaderLine;
import dev.gatehouse.http.Headers;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which headers reach a backend, by kind of integration: a recorded table (developer guide, "important notes", and what was
 * observed).
 */
final class BackendHeaders {

    static final String API_ID = "X-Amzn-Apigateway-Api-Id";
    static final String TRACE_ID = "X-Amzn-Trace-Id";

    private static final Set<String> REFUSED_BY_AWS = Set.of(
            "content-length",
            "transfer-encoding",
            "x-amzn-trace-id",
            "x-amzn-apigateway-api-id",
            "authorization",
            "connection",
            "expect",
            "proxy-authenticate",
            "te");

    /** Kinds differ in what a mapping may not set. */
    enum Kind {
        HTTP(Set.of("content-length", "transfer-encoding", "x-amzn-trace-id", "x-amzn-apigateway-api-id")),
        AWS(REFUSED_BY_AWS),
        /** A host name is part of what is signed, and S3 reads a bucket from it: it is the definition's, not the caller's. */
        SERVICE(withHost(REFUSED_BY_AWS));

        private final Set<String> refused;

        Kind(Set<String> refused) {
            this.refused = refused;
        }

        private static Set<String> withHost(Set<String> names) {
            Set<String> more = new HashSet<>(names);
            more.add("host");
            return Set.copyOf(more);
        }
    }

    /** Mapped to an HTTP backend, these vanish without a word. */
    private static final Set<String> SILENTLY_DROPPED =
            Set.of("connection", "expect", "proxy-authenticate", "te", "via");

    private BackendHeaders() {}

    /** Only what the gateway says and what is mapped or overridden. */
    static Headers custom(Valid valid, RequestMapping mapping, CallFacts facts, Kind kind) {
        return custom(valid, mapping, facts, kind, Headers.EMPTY);
    }

    /** @param protocol what the backend's protocol asks for, unless it is mapped or overridden */
    static Headers custom(Valid valid, RequestMapping mapping, CallFacts facts, Kind kind, Headers protocol) {
        Headers.Builder headers = Headers.builder().add("Accept", "application/json");
        String contentType = valid.arrived().headers().last("Content-Type");
        if (carriesBody(valid.arrived().request().method())) {
            headers.add("Content-Type", contentType == null ? "application/json" : contentType);
        }
        headers.add("User-Agent", "AmazonAPIGateway_" + valid.stage().apiId());
        protocol.forEach(headers::set);
        addGatewayLines(valid, headers);
        setMapped(mapping, facts, kind, headers);
        setOverridden(facts, kind, headers);
        return headers.build();
    }

    /** The client's headers, but for those that belong to the connection, with the mapped ones instead of their namesakes. */
    static Headers proxy(Valid valid, RequestMapping mapping, CallFacts facts) {
        Headers.Builder headers = Headers.builder();
        valid.arrived().headers().forEach((name, value) -> {
            boolean dropped = name.equalsIgnoreCase("Content-Encoding")
                    || name.equalsIgnoreCase("Via")
                    || name.equalsIgnoreCase("Host")
                    || isSignature(name, value);
            if (!dropped) {
                headers.add(name, value);
            }
        });
        addForwarded(valid.arrived().request(), headers);
        addGatewayLines(valid, headers);
        setMapped(mapping, facts, Kind.HTTP, headers);
        return headers.build();
    }

    /** Everything the client sent: it is the same connection. Lines that only a gateway may write are overwritten. */
    static Headers application(Valid valid, RequestMapping mapping, CallFacts facts) {
        Headers.Builder headers = valid.arrived().request().headers().toBuilder();
        headers.remove(TraceDemands.HEADER);
        addGatewayLines(valid, headers);
        setMapped(mapping, facts, Kind.HTTP, headers);
        return headers.build();
    }

    /** What a function's event shows. */
    static Headers event(Valid valid, RequestMapping mapping, CallFacts facts) {
        // a proxy ignores mappings, yet Amazon refuses the names that no mapping may set
        setMapped(mapping, facts, Kind.AWS, Headers.builder());
        return event(valid.arrived());
    }

    static Headers event(Arrived arrived) {
        Headers.Builder headers = Headers.builder();
        arrived.headers().forEach((name, value) -> {
            if (!isSignature(name, value)) {
                headers.add(name, value);
            }
        });
        addForwarded(arrived.request(), headers);
        return headers.set(TRACE_ID, arrived.trace()).build();
    }

    private static void addGatewayLines(Valid valid, Headers.Builder headers) {
        headers.set(TRACE_ID, valid.arrived().trace()).set(API_ID, valid.stage().apiId());
    }

    private static void addForwarded(GatewayRequest request, Headers.Builder headers) {
        List<String> chain = request.headers().all("X-Forwarded-For");
        String source = request.client().sourceIp();
        headers.set("X-Forwarded-For", chain.isEmpty() ? source : String.join(", ", chain) + ", " + source);
        headers.set("X-Forwarded-Port", Integer.toString(request.client().port()));
        headers.set("X-Forwarded-Proto", request.client().scheme());
    }

    private static void setMapped(RequestMapping mapping, CallFacts facts, Kind kind, Headers.Builder headers) {
        for (RequestMapping.Parameter parameter : mapping.headers()) {
            List<String> values = parameter.source().values(facts);
            if (!values.isEmpty()) {
                set(parameter.name(), String.join(",", values), kind, headers);
            }
        }
    }

    private static void setOverridden(CallFacts facts, Kind kind, Headers.Builder headers) {
        Overrides overrides = facts.context().overrides();
        if (overrides.requestTouched() && overrides.request().get("header") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> set(String.valueOf(name), BackendTarget.joined(value), kind, headers));
        }
    }

    private static void set(String name, String value, Kind kind, Headers.Builder headers) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (kind.refused.contains(lower)) {
            throw new RefusedMapping(Refusal.internal(
                    "Execution failed due to configuration error: " + name + " header already present"));
        }
        if (!HeaderLine.valid(name, value)) {
            throw new RefusedMapping(Refusal.internal("header " + name + " cannot be sent"));
        }
        boolean dropped =
                kind == Kind.HTTP ? SILENTLY_DROPPED.contains(lower) : kind == Kind.SERVICE && lower.equals("referer");
        if (!dropped) {
            headers.set(name, value);
        }
    }

    private static boolean isSignature(String name, String value) {
        return name.equalsIgnoreCase("Authorization") && value.startsWith("AWS4-HMAC-SHA256");
    }

    /** Amazon passes the client's Content-Type on only where the client's verb may have a body (recorded). */
    private static boolean carriesBody(String method) {
        return !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
    }
}
