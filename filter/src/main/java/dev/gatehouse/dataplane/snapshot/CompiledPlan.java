package dev.gatehouse.dataplane.snapshot;

import dev.gatehouse.engine.limit.Limit;
import dev.gatehouse.engine.limit.Quota;
import dev.gatehouse.engine.limit.Terms;
import java.util.Map;

/**
 * A usage plan, ready to count.
 *
 * @param client a limit for each key in all stages of the plan together; null for none
 * @param quota null for none
 * @param stages those that the plan covers, with limits for single methods, by the path of their resource
 * @param terms on which the nodes of a cluster count its calls; null for those of the gateway
 */
public record CompiledPlan(
        String id, Limit client, Quota quota, Map<StageId, Map<String, MethodLimits>> stages, Terms terms) {

    public record StageId(String apiId, String stageName) {}

    /**
     * What a plan says of the methods of one resource: limits by the verb of a call, each with a name of its own.
     *
     * @param ofVerbs for methods that are configured with that verb
     * @param ofAny for a method that is configured as {@code ANY}
     */
    public record MethodLimits(Map<String, Limit> ofVerbs, Map<String, Limit> ofAny) {
        public MethodLimits {
            ofVerbs = Map.copyOf(ofVerbs);
            ofAny = Map.copyOf(ofAny);
        }
    }

    public CompiledPlan {
        stages = Map.copyOf(stages);
    }

    /** The limit of a client for a method of a stage of the plan, called by that verb; null for none. */
    public Limit method(StageId stage, String resourcePath, String verb, String configuredVerb) {
        Map<String, MethodLimits> resources = stages.get(stage);
        MethodLimits methods = resources == null ? null : resources.get(resourcePath);
        if (methods == null) {
            return null;
        }
        return (configuredVerb.equals("ANY") ? methods.ofAny() : methods.ofVerbs()).get(verb);
    }
}
