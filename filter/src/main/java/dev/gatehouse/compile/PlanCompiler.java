package dev.gatehouse.compile;

import dev.gatehouse.dataplane.snapshot.CompiledPlan;
import dev.gatehouse.dataplane.snapshot.CompiledPlan.StageId;
import dev.gatehouse.definition.ApiStage;
import dev.gatehouse.definition.QuotaSettings;
import dev.gatehouse.definition.ThrottleSettings;
import dev.gatehouse.definition.UsagePlan;
import dev.gatehouse.engine.limit.Level;
import dev.gatehouse.engine.limit.Limit;
import dev.gatehouse.engine.limit.Quota;
import dev.gatehouse.engine.limit.QuotaPeriod;
import dev.gatehouse.engine.limit.Rate;
import dev.gatehouse.engine.limit.Terms;
import java.util.HashMap;
import java.util.Map;

/** Makes plans that count of those that are declared. */
public final class PlanCompiler {

    /** What the account has unless it has something else: the side of a throttle that is left open comes to this. */
    private static final Rate ACCOUNT = new Rate(10_000, 5_000);

    private PlanCompiler() {}

    /** @param plan whose values were found to be right */
    public static CompiledPlan compile(UsagePlan plan) {
        return compile(plan, null);
    }

    /** @param terms null for those of the gateway */
    public static CompiledPlan compile(UsagePlan plan, Terms terms) {
        Rate rate = rate(plan.throttle());
        Map<StageId, Map<String, Rate>> stages = new HashMap<>();
        for (ApiStage stage : plan.apiStages()) {
            Map<String, Rate> methods = new HashMap<>();
            stage.throttle().forEach((method, limits) -> {
                Rate own = rate(limits);
                if (own != null) {
                    methods.put(method, own);
                }
            });
            stages.put(new StageId(stage.apiId(), stage.stage()), Map.copyOf(methods));
        }
        return new CompiledPlan(
                plan.id(),
                rate == null ? null : new Limit(Level.CLIENT, plan.id(), rate),
                quota(plan.quota()),
                stages,
                terms);
    }

    public static Quota quota(QuotaSettings quota) {
        return quota == null
                ? null
                : new Quota(quota.limit(), QuotaPeriod.valueOf(quota.period().name()), quota.offset());
    }

    private static Rate rate(ThrottleSettings limits) {
        if (limits == null || limits.rateLimit() == null && limits.burstLimit() == null) {
            return null;
        }
        return new Rate(
                limits.rateLimit() == null ? ACCOUNT.perSecond() : limits.rateLimit(),
                limits.burstLimit() == null ? ACCOUNT.burst() : limits.burstLimit());
    }
}
