package dev.gatehouse.controlplane.control;

import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.RequestValidator;
import java.util.ArrayList;
import java.util.List;

/** Operations on request validators. */
final class RequestValidatorOperations {

    static final String UNKNOWN = "Invalid Request Validator identifier specified";

    private static final String MANY = "/restapis/{restapi_id}/requestvalidators";
    private static final String ONE = MANY + "/{requestvalidator_id}";

    static final List<Operation> ALL = List.of(
            Operation.of("CreateRequestValidator", "POST", MANY, 201, RequestValidatorOperations::create),
            Operation.of("GetRequestValidators", "GET", MANY, 200, RequestValidatorOperations::list),
            Operation.of("GetRequestValidator", "GET", ONE, 200, RequestValidatorOperations::get),
            Operation.of("UpdateRequestValidator", "PATCH", ONE, 200, RequestValidatorOperations::update),
            Operation.of("DeleteRequestValidator", "DELETE", ONE, 202, RequestValidatorOperations::delete));

    private static final Patch<RequestValidator> PATCH = Patch.<RequestValidator>of(Patch.LISTING)
            .on("replace", "/name", (one, op) -> {
                if (op.value() == null || op.value().isBlank()) {
                    throw ControlError.badRequest("Request Validator name cannot be blank");
                }
                return new RequestValidator(
                        one.id(), op.value(), one.validateRequestBody(), one.validateRequestParameters());
            })
            .on(
                    "replace",
                    "/validateRequestParameters",
                    (one, op) -> new RequestValidator(one.id(), one.name(), one.validateRequestBody(), op.flag()))
            .on(
                    "replace",
                    "/validateRequestBody",
                    (one, op) ->
                            new RequestValidator(one.id(), one.name(), op.flag(), one.validateRequestParameters()));

    private RequestValidatorOperations() {}

    private static Answer create(Call call) {
        Members body = call.body("createRequestValidatorInput");
        String name = body.string("name");
        boolean checksBody = body.flag("validateRequestBody");
        boolean checksParameters = body.flag("validateRequestParameters");
        String apiId = call.label("restapi_id");
        RequestValidator created = call.write(writing -> {
            // 400 and not 404 (recorded)
            ApiDefinition api = Apis.find(writing, apiId)
                    .orElseThrow(() -> ControlError.badRequest("Invalid REST API identifier specified"));
            RequestValidator validator = new RequestValidator(call.home().newId(6), name, checksBody, checksParameters);
            List<RequestValidator> all = new ArrayList<>(api.requestValidators());
            all.add(validator);
            Apis.put(writing, api.with(draft -> draft.requestValidators = all));
            return validator;
        });
        return Answer.json(Documents.wire(created));
    }

    private static Answer list(Call call) {
        String apiId = call.label("restapi_id");
        List<RequestValidator> all =
                call.read(reading -> Apis.get(reading, call, apiId).requestValidators());
        return call.page(all, RequestValidator::id, Documents::wire);
    }

    private static Answer get(Call call) {
        String apiId = call.label("restapi_id");
        String id = call.label("requestvalidator_id");
        RequestValidator validator = call.read(reading -> one(Apis.getOr(reading, apiId, UNKNOWN), id));
        return Answer.json(Documents.wire(validator));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations =
                call.body("updateRequestValidatorInput").patchOperations();
        String apiId = call.label("restapi_id");
        String id = call.label("requestvalidator_id");
        RequestValidator updated = call.write(writing -> {
            ApiDefinition api = Apis.getOr(writing, apiId, UNKNOWN);
            RequestValidator validator = PATCH.apply(one(api, id), operations);
            List<RequestValidator> all = api.requestValidators().stream()
                    .map(other -> other.id().equals(id) ? validator : other)
                    .toList();
            Apis.put(writing, api.with(draft -> draft.requestValidators = all));
            return validator;
        });
        return Answer.json(Documents.wire(updated));
    }

    private static Answer delete(Call call) {
        String apiId = call.label("restapi_id");
        String id = call.label("requestvalidator_id");
        call.write(writing -> {
            ApiDefinition api = Apis.getOr(writing, apiId, UNKNOWN);
            RequestValidator validator = one(api, id);
            checkUnused(api, id);
            List<RequestValidator> left = new ArrayList<>(api.requestValidators());
            left.remove(validator);
            Apis.put(writing, api.with(draft -> draft.requestValidators = left));
            return id;
        });
        return Answer.NOTHING;
    }

    /** A method that names a validator which is gone could not be deployed any more. */
    private static void checkUnused(ApiDefinition api, String id) {
        api.resources()
                .forEach(resource -> resource.resourceMethods().forEach((verb, method) -> {
                    if (id.equals(method.requestValidatorId())) {
                        throw ControlError.conflict("Cannot delete request validator '" + id
                                + "', is referenced in method: " + resource.path() + "/" + verb);
                    }
                }));
    }

    private static RequestValidator one(ApiDefinition api, String id) {
        return api.requestValidators().stream()
                .filter(validator -> validator.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ControlError.notFound(UNKNOWN));
    }
}
