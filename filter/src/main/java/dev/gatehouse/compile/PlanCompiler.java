package dev.gatehouse.compile;

import dev.gatehouse.dataplane.snapshot.CompiledPlan;
import dev.gatehouse.dataplane.snapshot.CompiledPlan.MethodLimits;
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
import dev.gatehouse.engine.routing.RouteTable;
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
        Map<StageId, Map<String, MethodLimits>> stages = new HashMap<>();
        for (ApiStage stage : plan.apiStages()) {
            stages.put(new StageId(stage.apiId(), stage.stage()), methods(stage));
        }
        return new CompiledPlan(
                plan.id(),
                rate == null ? null : new Limit(Level.CLIENT, plan.id(), rate),
                quota(plan.quota()),
                stages,
                terms);
    }

    /** @return by the path of the resource */
    private static Map<String, MethodLimits> methods(ApiStage stage) {
        Map<String, Map<String, Rate>> byPath = new HashMap<>();
        stage.throttle().forEach((method, limits) -> {
            Rate rate = rate(limits);
            if (rate != null) {
                int verb = method.lastIndexOf('/') + 1;
                byPath.computeIfAbsent(method.substring(0, verb - 1), path -> new HashMap<>())
                        .put(method.substring(verb), rate);
            }
        });
        Map<String, MethodLimits> methods = new HashMap<>();
        byPath.forEach((path, rates) -> methods.put(path, methods(stage.apiId() + "/" + stage.stage() + path, rates)));
        return Map.copyOf(methods);
    }

    /** Each verb is counted for itself, whatever the limit is written for: the verb, {@code ANY}, or a star. */
    private static MethodLimits methods(String resource, Map<String, Rate> rates) {
        Map<String, Limit> ofVerbs = new HashMap<>();
        Map<String, Limit> ofAny = new HashMap<>();
        for (String verb : RouteTable.VERBS) {
            Rate all = rates.get("*");
            Rate own = rates.getOrDefault(verb, all);
            Rate any = rates.getOrDefault(verb, rates.getOrDefault("ANY", all));
            put(verb, own, resource, ofVerbs);
            put(verb, any, resource, ofAny);
        }
        return new MethodLimits(ofVerbs, ofAny);
    }

    private static void put(String verb, Rate rate, String resource, Map<String, Limit> limits) {
        if (rate != null) {
            limits.put(verb, new Limit(Level.CLIENT_METHOD, resource + "/" + verb, rate));
        }
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
