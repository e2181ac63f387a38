package dev.gatehouse.configuration;

import dev.gatehouse.definition.ApiKey;
import dev.gatehouse.definition.ApiStage;
import dev.gatehouse.definition.QuotaPeriodType;
import dev.gatehouse.definition.QuotaSettings;
import dev.gatehouse.definition.ThrottleSettings;
import dev.gatehouse.definition.UsagePlan;
import dev.gatehouse.engine.limit.Terms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads API keys and usage plans out of a file, and checks what no single place can tell. */
final class UsagePlans {

    private final Found file;
    private final Secrets secrets;
    private final Cluster cluster;
    private final Problems problems;

    UsagePlans(Found file, Secrets secrets, Cluster cluster, Problems problems) {
        this.file = file;
        this.secrets = secrets;
        this.cluster = cluster;
        this.problems = problems;
    }

    /** @return null where there are problems */
    UsageConfiguration read() {
        List<ApiKey> keys = keys();
        List<UsagePlanConfiguration> plans = plans();
        Found data = file.get("usageData");
        if (!problems.isEmpty()) {
            return null;
        }
        String directory = data == null ? null : data.text("directory");
        return new UsageConfiguration(
                keys,
                plans,
                throttle(file.get("accountThrottle")),
                directory == null ? null : Path.of(directory),
                data == null ? null : data.text("dataSource"),
                file.flag("rateLimitHeaders", false));
    }

    private List<ApiKey> keys() {
        List<ApiKey> keys = new ArrayList<>();
        Map<String, Found> ids = new HashMap<>();
        Map<String, Found> values = new HashMap<>();
        for (Found found : file.items("apiKeys")) {
            once(ids, found.get("id"), "an API key has its id alone");
            Found reference = found.get("value");
            String value = secrets.value(reference);
            if (value == null) {
                continue;
            }
            UsageConfiguration.valueFault(value)
                    .ifPresent(fault -> problems.add(reference.place(), "the value of an API key " + fault));
            Found before = values.putIfAbsent(value, reference);
            if (before != null) {
                problems.add(
                        reference.place(),
                        "this is the same value as in line " + before.place().line()
                                + "; nobody could say which of the keys is meant");
            }
            ApiKey.Draft key = ApiKey.draft();
            key.id = found.text("id");
            key.name = found.text("name");
            key.description = found.text("description");
            key.enabled = found.flag("enabled", true);
            key.value = value;
            keys.add(key.build());
        }
        return keys;
    }

    private List<UsagePlanConfiguration> plans() {
        Map<String, Found> ids = new HashMap<>();
        List<UsagePlanConfiguration> plans = new ArrayList<>();
        for (Found found : file.items("usagePlans")) {
            once(ids, found.get("id"), "a usage plan has its id alone");
            UsagePlan.Draft plan = UsagePlan.draft();
            plan.id = found.text("id");
            plan.name = found.text("name", plan.id);
            plan.description = found.text("description");
            plan.apiStages = stages(found);
            plan.throttle = throttle(found.get("throttle"));
            plan.quota = quota(found.get("quota"));
            List<String> keyIds = keyIds(found);
            Terms terms = cluster.ofPlan(found);
            if (plan.id != null) {
                plans.add(new UsagePlanConfiguration(plan.build(), keyIds, terms));
                Found place = found.get("id");
                UsageConfiguration.conflict(plans).ifPresent(fault -> problems.add(place.place(), fault));
            }
        }
        return plans;
    }

    private List<ApiStage> stages(Found plan) {
        List<ApiStage> stages = new ArrayList<>();
        Map<String, Found> seen = new HashMap<>();
        for (Found found : plan.items("apiStages")) {
            String apiId = found.text("apiId");
            String stage = found.text("stage");
            if (apiId == null || stage == null) {
                continue;
            }
            Found before = seen.putIfAbsent(apiId + "/" + stage, found);
            if (before != null) {
                problems.add(found.get("stage").place(), "stage " + apiId + "/" + stage + " is in the plan already");
                continue;
            }
            new DeclaredStages(file, problems).check(found.get("apiId"), found.get("stage"), false);
            Map<String, ThrottleSettings> methods = new LinkedHashMap<>();
            found.entries("throttle", (method, limits) -> methods.put(method, throttle(limits)));
            stages.add(new ApiStage(apiId, stage, methods));
        }
        return stages;
    }

    private List<String> keyIds(Found plan) {
        TreeSet<String> known = new TreeSet<>();
        file.items("apiKeys").forEach(key -> known.add(String.valueOf(key.text("id"))));
        List<String> ids = new ArrayList<>();
        for (Found key : plan.items("keys")) {
            String id = (String) key.value();
            if (!known.contains(id)) {
                problems.add(
                        key.place(),
                        "there is no API key " + ShapeReader.quote(id) + " below apiKeys"
                                + Spelling.suggestion(id, known));
            } else if (ids.contains(id)) {
                problems.add(key.place(), ShapeReader.quote(id) + " is in the plan already");
            } else {
                ids.add(id);
            }
        }
        return ids;
    }

    private QuotaSettings quota(Found found) {
        if (found == null || found.get("limit") == null || found.get("period") == null) {
            return null;
        }
        QuotaSettings quota = new QuotaSettings(
                found.whole("limit", 0), found.whole("offset", 0), QuotaPeriodType.valueOf(found.text("period")));
        UsageConfiguration.quotaFault(quota)
                .ifPresent(fault -> problems.add(found.get("offset").place(), "the quota " + fault));
        return quota;
    }

    private static ThrottleSettings throttle(Found found) {
        return found == null || found.get("rateLimit") == null || found.get("burstLimit") == null
                ? null
                : new ThrottleSettings(found.whole("burstLimit", 0), found.fraction("rateLimit", 0));
    }

    private void once(Map<String, Found> seen, Found name, String rule) {
        Found before = name == null ? null : seen.putIfAbsent((String) name.value(), name);
        if (before != null) {
            problems.add(
                    name.place(),
                    ShapeReader.quote((String) name.value()) + " is used already, in line "
                            + before.place().line() + "; " + rule);
        }
    }
}
