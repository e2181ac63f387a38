package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.snapshot.RequestMapping;
import dev.gatehouse.engine.expression.CallFacts;
import dev.gatehouse.engine.expression.Overrides;
import dev.gatehouse.engine.expression.UriTemplate;
import dev.gatehouse.http.DotSegments;
import dev.gatehouse.http.QueryString;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Path and query of the backend's request. Nothing in it changes whom is called: that was fixed at deployment.
 *
 * @param text the URI so far
 */
record BackendTarget(String text) {

    private static final String UNRESERVED = "-._~";

    /** What some containers let through in a query, and no URI can have: RFC 3986, appendix A. */
    private static final String NOT_IN_A_URI = "\"<>\\^`";

    /** The integration's URI with its placeholders filled from path mappings and overrides. */
    static BackendTarget expand(UriTemplate uri, RequestMapping mapping, CallFacts facts) {
        Map<String, UriTemplate.Value> values = new HashMap<>();
        for (RequestMapping.Parameter parameter : mapping.paths()) {
            List<String> mapped = parameter.source().values(facts);
            if (!mapped.isEmpty()) {
                values.put(
                        parameter.name(),
                        new UriTemplate.Value(
                                String.join(",", mapped), parameter.source().encoded()));
            }
        }
        overridden(facts, "path")
                .forEach((name, value) -> values.put(name, new UriTemplate.Value(joined(value), false)));
        String expanded = uri.expand(values, facts.stageVariables());
        if (!values.isEmpty() && climbs(expanded)) {
            throw new RefusedMapping(Refusal.badRequest("Bad Request"));
        }
        return new BackendTarget(expanded);
    }

    /** Mapped and overridden parameters, an override instead of a mapping of the same name. */
    BackendTarget withQuery(RequestMapping mapping, CallFacts facts) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (RequestMapping.Parameter parameter : mapping.querystrings()) {
            List<String> values = parameter.source().values(facts);
            if (!values.isEmpty()) {
                parameters.put(parameter.name(), values);
            }
        }
        overridden(facts, "querystring").forEach((name, value) -> parameters.put(name, list(value)));
        StringBuilder uri = new StringBuilder(text);
        parameters.forEach((name, values) -> values.forEach(value -> append(uri, name, value)));
        return new BackendTarget(uri.toString());
    }

    /** Mapped parameters behind whatever is there: a proxy ignores overrides. */
    BackendTarget withMappedQuery(RequestMapping mapping, CallFacts facts) {
        if (mapping.querystrings().isEmpty()) {
            return this;
        }
        StringBuilder uri = new StringBuilder(text);
        for (RequestMapping.Parameter parameter : mapping.querystrings()) {
            parameter.source().values(facts).forEach(value -> append(uri, parameter.name(), value));
        }
        return new BackendTarget(uri.toString());
    }

    BackendTarget withClientQuery(QueryString query) {
        StringBuilder uri = new StringBuilder(text);
        query.forEach((name, value) -> append(uri, name, value));
        return new BackendTarget(uri.toString());
    }

    /**
     * As the client wrote it, for an application that reads its own query string. A bare semicolon separates parameters here and is a
     * character there, so that somebody could show the gateway one value and the application another: refused.
     */
    BackendTarget withRawClientQuery(String query) {
        if (query == null || query.isEmpty()) {
            return this;
        }
        if (query.indexOf(';') >= 0) {
            throw new RefusedMapping(Refusal.badRequest("Bad Request"));
        }
        StringBuilder uri = new StringBuilder(text).append(text.indexOf('?') < 0 ? '?' : '&');
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (NOT_IN_A_URI.indexOf(c) >= 0) {
                percentEncode((byte) c, uri);
            } else {
                uri.append(c);
            }
        }
        return new BackendTarget(uri.toString());
    }

    private static Map<String, Object> overridden(CallFacts facts, String location) {
        Overrides overrides = facts.context().overrides();
        if (!overrides.requestTouched()) {
            return Map.of();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        if (overrides.request().get(location) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> values.put(String.valueOf(name), value));
        }
        return values;
    }

    /** Whether a caller's value made the path climb: the backend would serve another resource than the one authorized. */
    private static boolean climbs(String uri) {
        int query = uri.indexOf('?');
        return DotSegments.in(query < 0 ? uri : uri.substring(0, query));
    }

    static List<String> list(Object value) {
        return value instanceof List<?> many
                ? many.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value));
    }

    static String joined(Object value) {
        return String.join(",", list(value));
    }

    private static void append(StringBuilder uri, String name, String value) {
        uri.append(uri.indexOf("?") < 0 ? '?' : '&');
        encode(name, uri);
        uri.append('=');
        encode(value, uri);
    }

    private static void encode(String value, StringBuilder uri) {
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0) {
                uri.append(c);
            } else {
                percentEncode(b, uri);
            }
        }
    }

    private static void percentEncode(byte b, StringBuilder uri) {
        uri.append('%')
                .append(Character.toUpperCase(Character.forDigit(b >> 4 & 0xf, 16)))
                .append(Character.toUpperCase(Character.forDigit(b & 0xf, 16)));
    }
}
