package dev.gatehouse.dataplane.snapshot;

import dev.gatehouse.engine.limit.Limit;
import dev.gatehouse.engine.limit.Quota;
import dev.gatehouse.engine.limit.Rate;
import dev.gatehouse.engine.limit.Terms;
import java.util.Map;

/**
 * A usage plan, ready to count.
 *
 * @param client a limit for each key in all stages of the plan together; null for none
 * @param quota null for none
 * @param stages those that the plan covers, with limits for single methods, by path and verb as in {@code /pets/{petId}/GET};
 *     a verb may be {@code *}
 * @param terms on which the nodes of a cluster count its calls; null for those of the gateway
 */
public record CompiledPlan(String id, Limit client, Quota quota, Map<StageId, Map<String, Rate>> stages, Terms terms) {

    public record StageId(String apiId, String stageName) {}

    public CompiledPlan {
        stages = Map.copyOf(stages);
    }

    /** The rate for a method of a stage of the plan: for the verb of the call, else as the method is configured, else for all; null for none. */
    public Rate method(StageId stage, String resourcePath, String verb, String configuredVerb) {
        Map<String, Rate> methods = stages.get(stage);
        if (methods == null || methods.isEmpty()) {
            return null;
        }
        Rate exact = methods.get(resourcePath + "/" + verb);
        Rate configured = exact != null ? exact : methods.get(resourcePath + "/" + configuredVerb);
        return configured != null ? configured : methods.get(resourcePath + "/*");
    }
}
