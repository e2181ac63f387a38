package dev.gatehouse.engine.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The circumstances of a request: names such as {@code aws:SourceIp}, compared without case, with one value or several.
 * Immutable and thread-safe.
 */
public final class ConditionKeys {

    public static final ConditionKeys NONE = new ConditionKeys(Map.of(), null);

    /** Null until somebody asks, where there is {@link #later}. */
    private volatile Map<String, List<String>> values;

    private final Supplier<ConditionKeys> later;

    private ConditionKeys(Map<String, List<String>> values, Supplier<ConditionKeys> later) {
        this.values = values;
        this.later = later;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Keys that are gathered when a policy first asks for one: most ask for none.
     *
     * @param source gives the same at all times; threads that ask at once may each ask it
     */
    public static ConditionKeys later(Supplier<ConditionKeys> source) {
        return new ConditionKeys(null, source);
    }

    /** @return in the order given; empty where the key is not there */
    List<String> of(String lowerCaseName) {
        Map<String, List<String>> known = values;
        if (known == null) {
            known = later.get().values;
            values = known;
        }
        return known.getOrDefault(lowerCaseName, List.of());
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
            return new ConditionKeys(copy, null);
        }
    }
}
