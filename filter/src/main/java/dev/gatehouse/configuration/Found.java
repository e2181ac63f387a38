package dev.gatehouse.configuration;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A value that stands in the file and fits its shape.
 *
 * @param value a {@code String}, {@code Boolean}, {@code Long} or {@code Double}, a {@code List<Found>}, or a
 *     {@code Map<String, Found>}; what did not fit is left out of lists and maps
 */
record Found(Place place, Object value) {

    /** @return what stands under that key, or null */
    Found get(String key) {
        return map().get(key);
    }

    /** @return the text under that key, or null */
    String text(String key) {
        return (String) valueOf(key, null);
    }

    String text(String key, String otherwise) {
        return (String) valueOf(key, otherwise);
    }

    boolean flag(String key, boolean otherwise) {
        return (Boolean) valueOf(key, otherwise);
    }

    int whole(String key, int otherwise) {
        return ((Number) valueOf(key, otherwise)).intValue();
    }

    double fraction(String key, double otherwise) {
        return ((Number) valueOf(key, otherwise)).doubleValue();
    }

    /** What is listed under that key; empty where there is no such key. */
    @SuppressWarnings("unchecked")
    List<Found> items(String key) {
        return (List<Found>) valueOf(key, List.of());
    }

    /** Names and values under that key, in the order of the file. */
    void entries(String key, BiConsumer<String, Found> entry) {
        Found inner = get(key);
        if (inner != null) {
            inner.map().forEach(entry);
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Found> map() {
        return (Map<String, Found>) value;
    }

    private Object valueOf(String key, Object otherwise) {
        Found inner = get(key);
        return inner == null ? otherwise : inner.value();
    }
}
