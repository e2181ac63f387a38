package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.ApiStage;
import dev.gatehouse.definition.UsagePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Usage plans in the store, and which keys are in them: an entry each. A membership is kept twice, below its plan and below its
 * key, so that neither side has to be searched.
 */
final class UsagePlans {

    static final String KIND = "usageplan";

    /** Memberships below a plan, called like the key. */
    static final String KEY_OF_PLAN = "usageplankey";

    /** Memberships below a key, called like the plan. */
    static final String PLAN_OF_KEY = "planofkey";

    static final String UNKNOWN = "Invalid Usage Plan ID specified";

    private static final int CHUNK = 500;

    private UsagePlans() {}

    static UsagePlan read(Entry entry) {
        return Documents.read(entry.json(), UsagePlan.class);
    }

    static Optional<UsagePlan> find(Reading reading, String id) {
        return reading.get(Key.of(KIND, id)).map(UsagePlans::read);
    }

    /** @throws ControlError where there is no such plan */
    static UsagePlan get(Reading reading, String id) {
        return find(reading, id).orElseThrow(() -> ControlError.notFound(UNKNOWN));
    }

    static void put(Writing writing, UsagePlan plan) {
        writing.put(Key.of(KIND, plan.id()), Documents.text(plan));
        Marks.ACCESS.mark(writing, KIND, plan.id());
    }

    static void remove(Writing writing, String id) {
        writing.remove(Key.of(KIND, id));
        for (Entry membership : writing.list(KEY_OF_PLAN, id)) {
            writing.remove(new Key(PLAN_OF_KEY, membership.key().id(), id));
            Marks.ACCESS.mark(writing, ApiKeys.KIND, membership.key().id());
        }
        writing.removeAll(KEY_OF_PLAN, id);
        Marks.ACCESS.mark(writing, KIND, id);
    }

    /** Takes a stage that is deleted, or with a null all of an API, out of the plans: nothing must lead to what is not there. */
    static void forgetStages(Writing writing, String apiId, String stage) {
        for (Entry entry : writing.list(KIND, "")) {
            UsagePlan plan = read(entry);
            List<ApiStage> left = plan.apiStages().stream()
                    .filter(one -> !one.apiId().equals(apiId)
                            || stage != null && !one.stage().equals(stage))
                    .toList();
            if (left.size() < plan.apiStages().size()) {
                put(writing, plan.with(draft -> draft.apiStages = left));
            }
        }
    }

    /** @return ids of plans, by the id of the key; nothing for one that is in no plan */
    static Map<String, List<String>> plansOf(Reading reading, Set<String> keyIds) {
        Map<String, List<String>> plans = new HashMap<>();
        reading.list(PLAN_OF_KEY, keyIds)
                .forEach((keyId, memberships) -> plans.put(
                        keyId,
                        memberships.stream()
                                .map(membership -> membership.key().id())
                                .toList()));
        return plans;
    }

    static boolean hasKey(Reading reading, String planId, String keyId) {
        return reading.get(new Key(KEY_OF_PLAN, planId, keyId)).isPresent();
    }

    /**
     * Whether a key may be in these plans, beside those that it is in.
     *
     * @throws ControlError where two of them have the same stage
     */
    static void checkPlans(Reading reading, String keyId, List<UsagePlan> added) {
        List<UsagePlan> plans = new ArrayList<>();
        for (Entry membership : reading.list(PLAN_OF_KEY, keyId)) {
            find(reading, membership.key().id()).ifPresent(plans::add);
        }
        for (UsagePlan plan : added) {
            for (UsagePlan other : plans) {
                if (!other.id().equals(plan.id())) {
                    common(plan, other).ifPresent(stage -> refuse(plan.id(), keyId, stage));
                }
            }
            plans.add(plan);
        }
    }

    /** To be called after {@link #checkPlans}. Who is in the plan already keeps its place. */
    static void addKey(Writing writing, UsagePlan plan, String keyId) {
        if (!hasKey(writing, plan.id(), keyId)) {
            writing.put(new Key(KEY_OF_PLAN, plan.id(), keyId), "{}");
            writing.put(new Key(PLAN_OF_KEY, keyId, plan.id()), "{}");
            Marks.ACCESS.mark(writing, ApiKeys.KIND, keyId);
        }
    }

    static void removeKey(Writing writing, String planId, String keyId) {
        writing.remove(new Key(KEY_OF_PLAN, planId, keyId));
        writing.remove(new Key(PLAN_OF_KEY, keyId, planId));
        Marks.ACCESS.mark(writing, ApiKeys.KIND, keyId);
    }

    /** With a key go its memberships. */
    static void forgetKey(Writing writing, String keyId) {
        for (Entry membership : writing.list(PLAN_OF_KEY, keyId)) {
            writing.remove(new Key(KEY_OF_PLAN, membership.key().id(), keyId));
        }
        writing.removeAll(PLAN_OF_KEY, keyId);
    }

    /**
     * A key reaches a stage through one plan only (developer guide, usage plans). Looks at the keys only where another plan has the
     * same stage.
     *
     * @throws ControlError where a key of the plan is in such a plan, too
     */
    static void checkKeys(Reading reading, UsagePlan plan) {
        for (Entry entry : reading.list(KIND, "")) {
            UsagePlan other = read(entry);
            if (!other.id().equals(plan.id())) {
                common(plan, other).ifPresent(stage -> checkKeys(reading, plan.id(), other.id(), stage));
            }
        }
    }

    private static void checkKeys(Reading reading, String planId, String otherId, ApiStage stage) {
        OptionalLong after = OptionalLong.empty();
        List<Entry> chunk;
        do {
            chunk = reading.list(KEY_OF_PLAN, planId, Order.OLDEST_FIRST, after, CHUNK);
            for (Entry membership : chunk) {
                if (hasKey(reading, otherId, membership.key().id())) {
                    refuse(planId, membership.key().id(), stage);
                }
                after = OptionalLong.of(membership.sequence());
            }
        } while (chunk.size() == CHUNK);
    }

    private static Optional<ApiStage> common(UsagePlan one, UsagePlan other) {
        return one.apiStages().stream()
                .filter(stage ->
                        UsagePlanRules.find(other, stage.apiId(), stage.stage()).isPresent())
                .findFirst();
    }

    private static void refuse(String planId, String keyId, ApiStage stage) {
        throw ControlError.conflict("Usage Plan " + planId + " cannot be added because API Key " + keyId
                + " cannot reference multiple Usage Plans with the same Api Stage: " + stage.apiId() + ":"
                + stage.stage());
    }
}
