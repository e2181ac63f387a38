package dev.gatehouse.controlplane.control;

import java.util.LinkedHashMap;
import java.util.Map;

/** Maps with one entry changed, as patch operations do it. */
final class Maps {

    private Maps() {}

    /**
     * @param operation its first token is the key; it adds, replaces or removes
     * @param value what is put
     * @param unknown what is said where an entry is to be replaced or removed that is not there
     */
    static <V> Map<String, V> patched(Map<String, V> before, PatchOperation operation, V value, String unknown) {
        String key = operation.token(0);
        if (!operation.is("add") && !before.containsKey(key)) {
            throw ControlError.notFound(unknown);
        }
        Map<String, V> after = new LinkedHashMap<>(before);
        if (operation.is("remove")) {
            after.remove(key);
        } else {
            after.put(key, value);
        }
        return after;
    }

    static <V> Map<String, V> with(Map<String, V> before, String key, V value) {
        Map<String, V> after = new LinkedHashMap<>(before);
        after.put(key, value);
        return after;
    }

    static <V> Map<String, V> without(Map<String, V> before, String key) {
        Map<String, V> after = new LinkedHashMap<>(before);
        after.remove(key);
        return after;
    }
}
