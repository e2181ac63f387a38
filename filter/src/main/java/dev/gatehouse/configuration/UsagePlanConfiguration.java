package dev.gatehouse.configuration;

import dev.gatehouse.definition.UsagePlan;
import java.util.List;
import java.util.Objects;

/**
 * A usage plan and who is in it. Immutable; nothing in it is null.
 *
 * @param plan has an id, and stages of the APIs of the same configuration
 * @param keyIds API keys of the same configuration, each once
 */
public record UsagePlanConfiguration(UsagePlan plan, List<String> keyIds) {

    /** @throws IllegalArgumentException on a key that is there twice */
    public UsagePlanConfiguration {
        Objects.requireNonNull(plan, "plan");
        keyIds = List.copyOf(keyIds);
        Check.distinct("keys", keyIds, id -> id);
    }
}
