package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.MethodResponse;
import java.util.List;
import java.util.Map;

/** Operations on the answers that a method declares. */
final class MethodResponseOperations {

    static final String UNKNOWN = "Invalid Response status code specified";

    private static final String PATH = Methods.PATH + "/responses/{status_code}";

    /** That an update answers 201 is no slip: Amazon does, alone among all updates (service model, and recorded). */
    static final List<Operation> ALL = List.of(
            Operation.of("PutMethodResponse", "PUT", PATH, 201, MethodResponseOperations::put),
            Operation.of("GetMethodResponse", "GET", PATH, 200, MethodResponseOperations::get),
            Operation.of("UpdateMethodResponse", "PATCH", PATH, 201, MethodResponseOperations::update),
            Operation.of("DeleteMethodResponse", "DELETE", PATH, 204, MethodResponseOperations::delete));

    private static final Patch<MethodResponse> PATCH = Patch.<MethodResponse>of(Patch.PLAIN)
            .on(
                    "add replace remove",
                    "/responseParameters/*",
                    (response, op) -> new MethodResponse(
                            response.statusCode(),
                            Maps.patched(
                                    response.responseParameters(), op, op.flag(), MethodOperations.UNKNOWN_PARAMETER),
                            response.responseModels()))
            .on(
                    "add replace remove",
                    "/responseModels/*",
                    (response, op) -> new MethodResponse(
                            response.statusCode(),
                            response.responseParameters(),
                            Maps.patched(
                                    response.responseModels(), op, op.value(), MethodOperations.UNKNOWN_CONTENT_TYPE)));

    private MethodResponseOperations() {}

    private static Answer put(Call call) {
        Members body = call.body("putMethodResponseInput");
        Map<String, Boolean> parameters = body.booleanMap("responseParameters");
        Map<String, String> models = body.stringMap("responseModels");
        String code = call.statusCode();
        MethodResponse created = call.write(writing -> {
            Methods place = Methods.get(writing, call);
            if (place.method().methodResponses().containsKey(code)) {
                throw ControlError.conflict("Response already exists for this resource");
            }
            MethodResponse response = checked(new MethodResponse(code, parameters, models), place);
            put(place, response, writing);
            return response;
        });
        ObjectNode shape = Documents.wire(created);
        showEmpty(shape, "responseParameters", parameters);
        showEmpty(shape, "responseModels", models);
        return Answer.json(shape);
    }

    /** What was sent empty comes back empty (recorded). */
    private static void showEmpty(ObjectNode shape, String member, Map<String, ?> sent) {
        if (sent != null && sent.isEmpty()) {
            shape.putObject(member);
        }
    }

    private static Answer get(Call call) {
        String code = call.statusCode();
        MethodResponse response = call.read(reading -> one(Methods.get(reading, call), code));
        return Answer.json(Documents.wire(response));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations = call.body("updateMethodResponseInput").patchOperations();
        String code = call.statusCode();
        MethodResponse updated = call.write(writing -> {
            Methods place = Methods.get(writing, call);
            MethodResponse response = checked(PATCH.apply(one(place, code), operations), place);
            put(place, response, writing);
            return response;
        });
        return Answer.json(Documents.wire(updated));
    }

    private static Answer delete(Call call) {
        String code = call.statusCode();
        call.write(writing -> {
            Methods place = Methods.get(writing, call);
            one(place, code);
            place.put(
                    writing,
                    place.method().with(draft -> draft.methodResponses = Maps.without(draft.methodResponses, code)));
            return code;
        });
        return Answer.NOTHING;
    }

    private static MethodResponse one(Methods place, String code) {
        MethodResponse response = place.method().methodResponses().get(code);
        if (response == null) {
            throw ControlError.notFound(UNKNOWN);
        }
        return response;
    }

    private static MethodResponse checked(MethodResponse response, Methods place) {
        Methods.checkResponseParameters(response.responseParameters().keySet());
        place.checkModels(response.responseModels().values());
        return response;
    }

    private static void put(Methods place, MethodResponse response, Writing writing) {
        place.put(
                writing,
                place.method()
                        .with(draft -> draft.methodResponses =
                                Maps.with(draft.methodResponses, response.statusCode(), response)));
    }
}
