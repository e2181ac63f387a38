package dev.gatehouse.definition;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Who may call which stages how often. Scalars but {@code id} may be null.
 *
 * @param throttle null for no limit per key
 * @param quota null for no quota
 */
public record UsagePlan(
        String id,
        String name,
        String description,
        List<ApiStage> apiStages,
        ThrottleSettings throttle,
        QuotaSettings quota,
        String productCode,
        Map<String, String> tags) {

    public UsagePlan {
        apiStages = Frozen.list(apiStages);
        tags = Frozen.map(tags);
    }

    /** Amazon's defaults where there are any, the rest absent. */
    public static Draft draft() {
        return new Draft();
    }

    /** This value with changes. */
    public UsagePlan with(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.id = id;
        draft.name = name;
        draft.description = description;
        draft.apiStages = apiStages;
        draft.throttle = throttle;
        draft.quota = quota;
        draft.productCode = productCode;
        draft.tags = tags;
        change.accept(draft);
        return draft.build();
    }

    /** The components as plain fields, for the moment in which a value is put together; not thread-safe. */
    public static final class Draft {

        public String id;
        public String name;
        public String description;
        public List<ApiStage> apiStages = List.of();
        public ThrottleSettings throttle;
        public QuotaSettings quota;
        public String productCode;
        public Map<String, String> tags = Map.of();

        private Draft() {}

        public UsagePlan build() {
            return new UsagePlan(id, name, description, apiStages, throttle, quota, productCode, tags);
        }
    }
}
