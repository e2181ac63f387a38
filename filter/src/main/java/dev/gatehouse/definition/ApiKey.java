package dev.gatehouse.definition;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A key that callers show to be counted in a usage plan. Scalars but {@code id} and {@code enabled} may be null.
 *
 * @param value the secret; never part of {@link #toString}
 * @param stageKeys {@code <apiId>/<stage>} entries of the time before usage plans
 */
public record ApiKey(
        String id,
        String value,
        String name,
        String customerId,
        String description,
        boolean enabled,
        Instant createdDate,
        Instant lastUpdatedDate,
        List<String> stageKeys,
        Map<String, String> tags) {

    public ApiKey {
        stageKeys = Frozen.list(stageKeys);
        tags = Frozen.map(tags);
    }

    /** Without the secret: this text ends in logs. */
    @Override
    public String toString() {
        return "ApiKey[id=" + id + ", name=" + name + ", enabled=" + enabled + "]";
    }

    /** Amazon's defaults where there are any, the rest absent. */
    public static Draft draft() {
        return new Draft();
    }

    /** This value with changes. */
    public ApiKey with(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.id = id;
        draft.value = value;
        draft.name = name;
        draft.customerId = customerId;
        draft.description = description;
        draft.enabled = enabled;
        draft.createdDate = createdDate;
        draft.lastUpdatedDate = lastUpdatedDate;
        draft.stageKeys = stageKeys;
        draft.tags = tags;
        change.accept(draft);
        return draft.build();
    }

    /** The components as plain fields, for the moment in which a value is put together; not thread-safe. */
    public static final class Draft {

        public String id;
        public String value;
        public String name;
        public String customerId;
        public String description;
        public boolean enabled;
        public Instant createdDate;
        public Instant lastUpdatedDate;
        public List<String> stageKeys = List.of();
        public Map<String, String> tags = Map.of();

        private Draft() {}

        public ApiKey build() {
            return new ApiKey(
                    id, value, name, customerId, description, enabled, createdDate, lastUpdatedDate, stageKeys, tags);
        }
    }
}
