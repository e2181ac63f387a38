package dev.gatehouse.configuration;

import dev.gatehouse.definition.UsagePlan;
import dev.gatehouse.engine.limit.Terms;
import java.util.List;
import java.util.Objects;

/**
 * A usage plan and who is in it. Immutable.
 *
 * @param plan has an id, and stages of the APIs of the same configuration
 * @param keyIds API keys of the same configuration, each once
 * @param terms on which the nodes of a cluster count its calls; null for those of the cluster
 */
public record UsagePlanConfiguration(UsagePlan plan, List<String> keyIds, Terms terms) {

    /** On the terms of the cluster. */
    public UsagePlanConfiguration(UsagePlan plan, List<String> keyIds) {
        this(plan, keyIds, null);
    }

    /** @throws IllegalArgumentException on a key that is there twice */
    public UsagePlanConfiguration {
        Objects.requireNonNull(plan, "plan");
        keyIds = List.copyOf(keyIds);
        Check.distinct("keys", keyIds, id -> id);
    }
}
