package dev.gatehouse.engine.template;

import dev.gatehouse.http.Headers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What {@code $input.params()} knows: one value per name, the last where a name is repeated; names compare exactly as sent. Not
 * for use by several threads at the same time.
 */
public final class RequestParameters {

    public static final RequestParameters NONE = of(Map.of(), Map.of(), Headers.EMPTY);

    private final Map<String, String> path;
    private final Map<String, String> querystring;
    private final Headers headers;
    private Map<String, String> header;

    private RequestParameters(Map<String, String> path, Map<String, String> querystring, Headers headers) {
        this.path = Objects.requireNonNull(path);
        this.querystring = Objects.requireNonNull(querystring);
        this.headers = Objects.requireNonNull(headers);
    }

    /**
     * @param path path parameters by name
     * @param querystring query parameters by name, decoded
     * @param headers the header lines; a map of them is made only if somebody asks for it
     */
    public static RequestParameters of(Map<String, String> path, Map<String, String> querystring, Headers headers) {
        return new RequestParameters(path, querystring, headers);
    }

    public Map<String, String> path() {
        return path;
    }

    public Map<String, String> querystring() {
        return querystring;
    }

    public Map<String, String> header() {
        if (header == null) {
            Map<String, String> lines = new LinkedHashMap<>();
            headers.forEach(lines::put);
            header = lines;
        }
        return header;
    }

    /** Looks in the path, then in the query, then in the headers; null where there is none. */
    String find(String name) {
        String value = path.get(name);
        if (value == null) {
            value = querystring.get(name);
        }
        return value != null ? value : headers.lastExact(name);
    }
}
