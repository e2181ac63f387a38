package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.definition.UsagePlan;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Operations on what keys have used of a plan: it is asked of the running side, which counts. */
final class UsageOperations {

    private static final String OF_KEY = "/usageplans/{usageplanId}/keys/{keyId}/usage";
    private static final int MOST_DAYS = 90;

    static final List<Operation> ALL = List.of(
            Operation.of("GetUsage", "GET", "/usageplans/{usageplanId}/usage", 200, UsageOperations::get),
            Operation.of("UpdateUsage", "PATCH", OF_KEY, 200, UsageOperations::update));

    private static final Patch<Long> PATCH = Patch.<Long>of(Patch.LISTING)
            .on("replace", "/remaining", (before, operation) -> remaining(operation.value()));

    private UsageOperations() {}

    private static Answer get(Call call) {
        LocalDate from = date(call, "startDate");
        LocalDate to = date(call, "endDate");
        if (to.isBefore(from)) {
            throw ControlError.badRequest("endDate must not be before startDate");
        }
        if (ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
            throw ControlError.badRequest("Usage can be asked for " + MOST_DAYS + " days at most");
        }
        String planId = call.label("usageplanId");
        String keyId = call.query("keyId");
        UsagePlan plan = call.read(reading -> UsagePlans.get(reading, planId));
        if (keyId != null && !keyId.isEmpty()) {
            if (!call.<Boolean>read(reading -> UsagePlans.hasKey(reading, planId, keyId))) {
                throw ControlError.notFound(ApiKeys.UNKNOWN);
            }
            return usage(call, plan, Set.of(keyId), from, to, null);
        }
        Answer page = call.read(reading -> call.page(
                reading,
                UsagePlans.KEY_OF_PLAN,
                planId,
                Order.NEWEST_FIRST,
                membership -> TextNode.valueOf(membership.key().id())));
        JsonNode listed = Documents.parse(page.body());
        Set<String> keyIds = new LinkedHashSet<>();
        listed.get("item").forEach(one -> keyIds.add(one.textValue()));
        return usage(call, plan, keyIds, from, to, listed.path("position").textValue());
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations = call.body("updateUsageInput").patchOperations();
        String planId = call.label("usageplanId");
        String keyId = call.label("keyId");
        UsagePlan plan = call.read(reading -> {
            UsagePlan known = UsagePlans.get(reading, planId);
            if (!UsagePlans.hasKey(reading, planId, keyId)) {
                throw ControlError.notFound(ApiKeys.UNKNOWN);
            }
            return known;
        });
        if (plan.quota() == null) {
            throw ControlError.badRequest("Usage Plan " + planId + " has no quota");
        }
        Long remaining = PATCH.apply(-1L, operations);
        if (remaining >= 0) {
            call.extendQuota(plan, keyId, remaining);
        }
        LocalDate today = LocalDate.ofInstant(call.now(), ZoneOffset.UTC);
        return usage(call, plan, Set.of(keyId), today, today, null);
    }

    private static long remaining(String text) {
        try {
            int value = Integer.parseInt(String.valueOf(text));
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw ControlError.badRequest("Invalid remaining, must be a whole number from 0 to " + Integer.MAX_VALUE);
    }

    private static LocalDate date(Call call, String name) {
        String text = call.query(name);
        if (text == null) {
            throw ControlError.validation(
                    List.of("Value null at '" + name + "' failed to satisfy constraint: Member must not be null"));
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw ControlError.badRequest("Invalid " + name + ", must be a date as in 2016-08-01");
        }
    }

    private static Answer usage(
            Call call, UsagePlan plan, Set<String> keyIds, LocalDate from, LocalDate to, String position) {
        Map<String, List<long[]>> used = call.usage(plan, keyIds, from, to);
        ObjectNode usage = Documents.object();
        usage.put("usagePlanId", plan.id());
        usage.put("startDate", from.toString());
        usage.put("endDate", to.toString());
        if (position != null) {
            usage.put("position", position);
        }
        ObjectNode values = usage.putObject("values");
        for (String keyId : keyIds) {
            ArrayNode days = values.putArray(keyId);
            used.get(keyId).forEach(pair -> days.addArray().add(pair[0]).add(pair[1]));
        }
        return Answer.json(usage);
    }
}
