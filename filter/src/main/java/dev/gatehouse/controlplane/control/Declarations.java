package dev.gatehouse.controlplane.control;

import dev.gatehouse.definition.ApiKey;
import dev.gatehouse.definition.ThrottleSettings;
import dev.gatehouse.definition.UsagePlan;
import java.util.List;

/**
 * What the gateway's configuration declares, not the store: it is shown, and cannot be changed. Immutable.
 *
 * @param apis with their deployments and stages
 * @param apiKeys each id once; their values are not told
 * @param usagePlans each id once
 * @param accountThrottle the limit over all calls of all regions; null for none
 */
public record Declarations(
        List<Declared> apis, List<ApiKey> apiKeys, List<Plan> usagePlans, ThrottleSettings accountThrottle) {

    public static final Declarations NONE = new Declarations(List.of(), List.of(), List.of(), null);

    /**
     * A usage plan and who is in it.
     *
     * @param keyIds of the declared keys
     */
    public record Plan(UsagePlan plan, List<String> keyIds) {
        public Plan {
            keyIds = List.copyOf(keyIds);
        }
    }

    public Declarations {
        apis = List.copyOf(apis);
        apiKeys = List.copyOf(apiKeys);
        usagePlans = List.copyOf(usagePlans);
    }
}
