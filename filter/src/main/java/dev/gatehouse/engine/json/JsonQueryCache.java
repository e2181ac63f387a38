package dev.gatehouse.engine.json;

import java.util.concurrent.ConcurrentHashMap;

/** Compiled paths by their text, for paths that are only known while a template runs. Bounded; thread-safe. */
public final class JsonQueryCache {

    private final int capacity;
    private final ConcurrentHashMap<String, JsonQuery> queries = new ConcurrentHashMap<>();

    /** @param capacity paths to keep, 1 or more */
    public JsonQueryCache(int capacity) {
        this.capacity = capacity;
    }

    /** @throws InvalidJsonPathException as {@link JsonQuery#compile} */
    public JsonQuery query(String path) {
        JsonQuery known = queries.get(path);
        if (known != null) {
            return known;
        }
        JsonQuery compiled = JsonQuery.compile(path);
        // Starting over is crude, but costs nothing on the way in; the paths in use are back within one call each.
        if (queries.size() >= capacity) {
            queries.clear();
        }
        queries.put(path, compiled);
        return compiled;
    }
}
