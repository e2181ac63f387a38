package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.GatewayResponse;
import dev.gatehouse.definition.GatewayResponseType;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Operations on the answers that the gateway gives by itself. Of a type that nobody customised they tell what it is by default. */
final class GatewayResponseOperations {

    private static final String MANY = "/restapis/{restapi_id}/gatewayresponses";
    private static final String ONE = MANY + "/{response_type}";

    static final List<Operation> ALL = List.of(
            Operation.of("PutGatewayResponse", "PUT", ONE, 201, GatewayResponseOperations::put),
            Operation.of("GetGatewayResponses", "GET", MANY, 200, GatewayResponseOperations::list),
            Operation.of("GetGatewayResponse", "GET", ONE, 200, GatewayResponseOperations::get),
            Operation.of("UpdateGatewayResponse", "PATCH", ONE, 200, GatewayResponseOperations::update),
            Operation.of("DeleteGatewayResponse", "DELETE", ONE, 202, GatewayResponseOperations::delete));

    /** A known path with an operation that it does not take is called unknown too (recorded). */
    private static final Patch<GatewayResponse> PATCH = Patch.<GatewayResponse>of(Patch.PLAIN)
            .on(
                    "replace",
                    "/statusCode",
                    (one, op) -> new GatewayResponse(
                            one.responseType(), status(op), one.responseParameters(), one.responseTemplates(), false))
            .on("add remove", "/statusCode", (one, op) -> {
                throw ControlError.badRequest("Invalid patch path /statusCode");
            })
            .on(
                    "add replace remove",
                    "/responseParameters/*",
                    (one, op) -> new GatewayResponse(
                            one.responseType(),
                            one.statusCode(),
                            Maps.patched(
                                    one.responseParameters(),
                                    op,
                                    filled(op, "responseParameters"),
                                    MethodOperations.UNKNOWN_PARAMETER),
                            one.responseTemplates(),
                            false))
            .on(
                    "add replace remove",
                    "/responseTemplates/*",
                    (one, op) -> new GatewayResponse(
                            one.responseType(),
                            one.statusCode(),
                            one.responseParameters(),
                            Maps.patched(
                                    one.responseTemplates(),
                                    op,
                                    filled(op, "responseTemplates"),
                                    MethodOperations.UNKNOWN_CONTENT_TYPE),
                            false));

    private GatewayResponseOperations() {}

    private static GatewayResponseType type(Call call) {
        return call.enumLabel("response_type", "responseType", GatewayResponseType.class);
    }

    private static Answer put(Call call) {
        Members body = call.body("putGatewayResponseInput");
        String status = body.string("statusCode");
        Map<String, String> parameters = body.stringMap("responseParameters");
        Map<String, String> templates = body.stringMap("responseTemplates");
        String apiId = call.label("restapi_id");
        GatewayResponseType type = type(call);
        GatewayResponse created = call.write(writing -> {
            ApiDefinition api = Apis.get(writing, call, apiId);
            if (status != null && !status.matches("[1-5]\\d\\d")) {
                throw ControlError.badRequest("Invalid status code specified: " + status);
            }
            GatewayResponse response = new GatewayResponse(
                    type,
                    status == null ? type.defaultStatusCode() : status,
                    parameters,
                    templates == null ? GatewayResponse.DEFAULT_TEMPLATES : templates,
                    false);
            put(writing, api, response);
            return response;
        });
        return Answer.json(Documents.wire(created));
    }

    private static Answer list(Call call) {
        String apiId = call.label("restapi_id");
        ApiDefinition api = call.read(reading -> Apis.get(reading, call, apiId));
        return call.page(
                Arrays.asList(GatewayResponseType.values()), Enum::name, type -> Documents.wire(effective(api, type)));
    }

    private static Answer get(Call call) {
        String apiId = call.label("restapi_id");
        GatewayResponseType type = type(call);
        ApiDefinition api = call.read(reading -> Apis.get(reading, call, apiId));
        return Answer.json(Documents.wire(effective(api, type)));
    }

    /** An update of a type that nobody customised begins with the built-in default (recorded). */
    private static Answer update(Call call) {
        List<PatchOperation> operations =
                call.body("updateGatewayResponseInput").patchOperations();
        String apiId = call.label("restapi_id");
        GatewayResponseType type = type(call);
        GatewayResponse updated = call.write(writing -> {
            ApiDefinition api = Apis.get(writing, call, apiId);
            GatewayResponse before = api.gatewayResponses().get(type);
            if (operations.isEmpty()) {
                return effective(api, type);
            }
            GatewayResponse response =
                    PATCH.apply(before == null ? GatewayResponse.defaultOf(type) : before, operations);
            put(writing, api, response);
            return shown(response);
        });
        return Answer.json(Documents.wire(updated));
    }

    private static Answer delete(Call call) {
        String apiId = call.label("restapi_id");
        GatewayResponseType type = type(call);
        call.write(writing -> {
            ApiDefinition api = Apis.get(writing, call, apiId);
            if (!api.gatewayResponses().containsKey(type)) {
                throw ControlError.notFound("Gateway response type not defined on api");
            }
            Map<GatewayResponseType, GatewayResponse> left = copy(api);
            left.remove(type);
            Apis.put(writing, api.with(draft -> draft.gatewayResponses = left));
            return type;
        });
        return Answer.NOTHING;
    }

    private static void put(Writing writing, ApiDefinition api, GatewayResponse response) {
        Map<GatewayResponseType, GatewayResponse> all = copy(api);
        all.put(response.responseType(), response);
        Apis.put(writing, api.with(draft -> draft.gatewayResponses = all));
    }

    private static Map<GatewayResponseType, GatewayResponse> copy(ApiDefinition api) {
        Map<GatewayResponseType, GatewayResponse> copy = new EnumMap<>(GatewayResponseType.class);
        copy.putAll(api.gatewayResponses());
        return copy;
    }

    /** A type that nobody customised takes over what its DEFAULT type was customised to (recorded). */
    private static GatewayResponse effective(ApiDefinition api, GatewayResponseType type) {
        GatewayResponse own = api.gatewayResponses().get(type);
        if (own != null) {
            return shown(own);
        }
        GatewayResponse fallback =
                type.fallback() == null ? null : api.gatewayResponses().get(type.fallback());
        if (fallback == null) {
            return GatewayResponse.defaultOf(type);
        }
        String status = fallback.statusCode() == null ? type.defaultStatusCode() : fallback.statusCode();
        return new GatewayResponse(type, status, fallback.responseParameters(), fallback.responseTemplates(), true);
    }

    /** One without a status keeps the one of its type; that is the status that is shown, though it is not kept. */
    private static GatewayResponse shown(GatewayResponse one) {
        return one.statusCode() != null
                ? one
                : new GatewayResponse(
                        one.responseType(),
                        one.responseType().defaultStatusCode(),
                        one.responseParameters(),
                        one.responseTemplates(),
                        one.defaultResponse());
    }

    private static String status(PatchOperation operation) {
        if (operation.value() == null || !operation.value().matches("[1-5]\\d\\d")) {
            throw ControlError.badRequest("Invalid status code specified: " + operation.value());
        }
        return operation.value();
    }

    private static String filled(PatchOperation operation, String member) {
        if (!operation.is("remove") && operation.valueOrNull() == null) {
            throw ControlError.badRequest("Invalid null or empty value in " + member);
        }
        return operation.value();
    }
}
