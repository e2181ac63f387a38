package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.definition.ApiKey;
import dev.gatehouse.definition.UsagePlan;
import dev.gatehouse.definition.UsagePlanKey;
import java.util.List;

/** Operations on the keys of usage plans. Names and values are always those that the keys have now. */
final class UsagePlanKeyOperations {

    private static final String TYPE = "API_KEY";
    private static final String MANY = "/usageplans/{usageplanId}/keys";
    private static final String ONE = MANY + "/{keyId}";

    static final List<Operation> ALL = List.of(
            Operation.of("CreateUsagePlanKey", "POST", MANY, 201, UsagePlanKeyOperations::create),
            Operation.of("GetUsagePlanKeys", "GET", MANY, 200, UsagePlanKeyOperations::list),
            Operation.of("GetUsagePlanKey", "GET", ONE, 200, UsagePlanKeyOperations::get),
            Operation.of("DeleteUsagePlanKey", "DELETE", ONE, 202, UsagePlanKeyOperations::delete));

    private UsagePlanKeyOperations() {}

    private static Answer create(Call call) {
        Members body = call.body("createUsagePlanKeyInput");
        String keyId = body.required("keyId");
        String type = body.required("keyType");
        String planId = call.label("usageplanId");
        ApiKey added = call.write(writing -> {
            if (!TYPE.equals(type)) {
                throw ControlError.badRequest("Invalid keyType specified. Must be " + TYPE);
            }
            UsagePlan plan = UsagePlans.get(writing, planId);
            ApiKey key = ApiKeys.get(writing, keyId);
            if (UsagePlans.hasKey(writing, planId, keyId)) {
                throw ControlError.conflict("API Key " + keyId + " is already in Usage Plan " + planId);
            }
            UsagePlans.checkPlans(writing, keyId, List.of(plan));
            UsagePlans.addKey(writing, plan, keyId);
            return key;
        });
        call.publishAccess();
        return Answer.json(shape(added));
    }

    /** An unknown plan has no keys, and that is no error (recorded). */
    private static Answer list(Call call) {
        String planId = call.label("usageplanId");
        String prefix = call.query("name");
        return call.read(reading ->
                call.page(reading, UsagePlans.KEY_OF_PLAN, planId, Order.NEWEST_FIRST, membership -> {
                    ApiKey key = ApiKeys.get(reading, membership.key().id());
                    return ApiKeyOperations.begins(key.name(), prefix) ? shape(key) : null;
                }));
    }

    private static Answer get(Call call) {
        String planId = call.label("usageplanId");
        String keyId = call.label("keyId");
        return Answer.json(shape(call.read(reading -> one(reading, planId, keyId))));
    }

    private static Answer delete(Call call) {
        String planId = call.label("usageplanId");
        String keyId = call.label("keyId");
        call.write(writing -> {
            ApiKey key = one(writing, planId, keyId);
            UsagePlans.removeKey(writing, planId, keyId);
            return key;
        });
        call.publishAccess();
        return Answer.NOTHING;
    }

    private static ApiKey one(Reading reading, String planId, String keyId) {
        UsagePlans.get(reading, planId);
        if (!UsagePlans.hasKey(reading, planId, keyId)) {
            throw ControlError.notFound(ApiKeys.UNKNOWN);
        }
        return ApiKeys.get(reading, keyId);
    }

    private static JsonNode shape(ApiKey key) {
        return Documents.wire(new UsagePlanKey(key.id(), TYPE, key.value(), key.name()));
    }
}
