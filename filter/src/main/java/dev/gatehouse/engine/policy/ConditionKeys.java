package dev.gatehouse.engine.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The circumstances of a request: names such as {@code aws:SourceIp}, compared without case, with one value or several.
 * Immutable and thread-safe.
 */
public final class ConditionKeys {

    public static final ConditionKeys NONE = new ConditionKeys(Map.of());

    private final Map<String, List<String>> values;

    private ConditionKeys(Map<String, List<String>> values) {
        this.values = values;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** @return in the order given; empty where the key is not there */
    List<String> of(String lowerCaseName) {
        return values.getOrDefault(lowerCaseName, List.of());
    }

    /** Collects keys; not thread-safe. */
    public static final class Builder {

        private final Map<String, List<String>> values = new HashMap<>();

        private Builder() {}

        /** Adds a value to those that the key has. */
        public Builder add(String name, String value) {
            values.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>(1))
                    .add(value);
            return this;
        }

        /** Adds a value where there is one. */
        public Builder addIfPresent(String name, String valueOrNull) {
            return valueOrNull == null ? this : add(name, valueOrNull);
        }

        public ConditionKeys build() {
            Map<String, List<String>> copy = new HashMap<>();
            values.forEach((name, list) -> copy.put(name, List.copyOf(list)));
            return new ConditionKeys(copy);
        }
    }
}
