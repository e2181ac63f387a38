package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.ApiStage;
import dev.gatehouse.definition.UsagePlan;
import java.util.List;
import java.util.Map;

/** Operations on usage plans. */
final class UsagePlanOperations {

    private static final String ONE = "/usageplans/{usageplanId}";

    static final List<Operation> ALL = List.of(
            Operation.of("CreateUsagePlan", "POST", "/usageplans", 201, UsagePlanOperations::create),
            Operation.of("GetUsagePlans", "GET", "/usageplans", 200, UsagePlanOperations::list),
            Operation.of("GetUsagePlan", "GET", ONE, 200, UsagePlanOperations::get),
            Operation.of("UpdateUsagePlan", "PATCH", ONE, 200, UsagePlanOperations::update),
            Operation.of("DeleteUsagePlan", "DELETE", ONE, 202, UsagePlanOperations::delete));

    /** Plans have tags of their own. */
    static final Taggable TAGGED = new TaggedPlan();

    private UsagePlanOperations() {}

    private static Answer create(Call call) {
        Members body = call.body("createUsagePlanInput");
        UsagePlan.Draft draft = UsagePlan.draft();
        draft.name = body.required("name");
        draft.description = ApiKeyOperations.emptyToNull(body.string("description"));
        draft.apiStages = UsagePlanRules.apiStages(body.objects("apiStages"));
        draft.throttle = UsagePlanRules.throttle(body.object("throttle"));
        draft.quota = UsagePlanRules.quota(body.object("quota"));
        draft.tags = body.stringMap("tags");
        UsagePlan created = call.write(writing -> {
            Tags.check(draft.tags);
            draft.id = ApiKeys.freeId(writing, call, UsagePlans.KIND);
            UsagePlan plan = draft.build();
            UsagePlanRules.check(plan);
            plan.apiStages().forEach(stage -> UsagePlanRules.checkThere(writing, stage.apiId(), stage.stage()));
            UsagePlans.put(writing, plan);
            return plan;
        });
        call.publishAccess();
        return Answer.json(Documents.wire(created));
    }

    private static Answer list(Call call) {
        String keyId = call.query("keyId");
        if (keyId == null || keyId.isEmpty()) {
            return call.read(reading -> call.page(
                    reading, UsagePlans.KIND, "", Order.NEWEST_FIRST, entry -> Documents.wire(UsagePlans.read(entry))));
        }
        return call.read(reading -> call.page(
                reading,
                UsagePlans.PLAN_OF_KEY,
                keyId,
                Order.NEWEST_FIRST,
                // a plan that was declared once may be gone
                membership -> UsagePlans.find(reading, membership.key().id())
                        .map(Documents::wire)
                        .orElse(null)));
    }

    private static Answer get(Call call) {
        String id = call.label("usageplanId");
        UsagePlan plan = call.read(reading -> UsagePlans.get(reading, id));
        return Answer.json(ApiKeyOperations.withTags(Documents.wire(plan)));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations = call.body("updateUsagePlanInput").patchOperations();
        String id = call.label("usageplanId");
        UsagePlan updated = call.write(writing -> {
            UsagePlan before = UsagePlans.get(writing, id);
            UsagePlan after = UsagePlanRules.PATCH.apply(before, UsagePlanRules.inOneForm(operations));
            UsagePlanRules.check(after);
            if (UsagePlanRules.checkNewStages(writing, before, after)) {
                UsagePlans.checkKeys(writing, after);
            }
            if (!after.equals(before)) {
                UsagePlans.put(writing, after);
            }
            return after;
        });
        call.publishAccess();
        return Answer.json(ApiKeyOperations.withTags(Documents.wire(updated)));
    }

    private static Answer delete(Call call) {
        String id = call.label("usageplanId");
        call.write(writing -> {
            UsagePlan plan = UsagePlans.get(writing, id);
            UsagePlans.remove(writing, id);
            if (!plan.apiStages().isEmpty()) {
                ApiStage stage = plan.apiStages().get(0);
                throw ControlError.badRequest("Cannot delete Usage Plan " + id
                        + " because there are API Stages associated with it, including " + stage.apiId() + ":"
                        + stage.stage());
            }
            return plan;
        });
        call.publishAccess();
        return Answer.NOTHING;
    }

    private static final class TaggedPlan implements Taggable {

        @Override
        public String path() {
            return "/usageplans/{usageplanId}";
        }

        @Override
        public Map<String, String> tags(Reading reading, Call call, List<String> labels) {
            return UsagePlans.get(reading, labels.get(0)).tags();
        }

        @Override
        public void tag(Writing writing, Call call, List<String> labels, Map<String, String> tags) {
            UsagePlans.put(writing, UsagePlans.get(writing, labels.get(0)).with(draft -> draft.tags = tags));
        }
    }
}
