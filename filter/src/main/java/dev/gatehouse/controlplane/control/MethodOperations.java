package dev.gatehouse.controlplane.control;

import dev.gatehouse.definition.AuthorizationType;
import dev.gatehouse.definition.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Operations on the methods of a resource. Texts and their order are recorded. */
final class MethodOperations {

    static final List<Operation> ALL = List.of(
            Operation.of("PutMethod", "PUT", Methods.PATH, 201, MethodOperations::put),
            Operation.of("GetMethod", "GET", Methods.PATH, 200, MethodOperations::get),
            Operation.of("UpdateMethod", "PATCH", Methods.PATH, 200, MethodOperations::update),
            Operation.of("DeleteMethod", "DELETE", Methods.PATH, 204, MethodOperations::delete));

    static final String UNKNOWN_PARAMETER = "Invalid parameter name specified";
    static final String UNKNOWN_CONTENT_TYPE = "Content-Type specified was not found";

    private static final List<String> VERBS =
            List.of("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "ANY");

    private static final Patch<Method> PATCH = Patch.<Method>of(Patch.PLAIN)
            .on(
                    "replace",
                    "/authorizationType",
                    (method, op) -> method.with(draft -> draft.authorizationType = authorizationType(op.value())))
            .on("replace", "/authorizerId", (method, op) -> method.with(draft -> draft.authorizerId = op.valueOrNull()))
            .on(
                    "replace",
                    "/operationName",
                    (method, op) -> method.with(draft -> draft.operationName = op.valueOrNull()))
            .on(
                    "replace",
                    "/requestValidatorId",
                    (method, op) -> method.with(draft -> draft.requestValidatorId = op.valueOrNull()))
            .on("replace", "/apiKeyRequired", (method, op) -> method.with(draft -> draft.apiKeyRequired = op.flag()))
            .on("add remove", "/authorizationScopes", (method, op) -> {
                List<String> scopes = new ArrayList<>(method.authorizationScopes());
                scopes.remove(op.value());
                if (op.is("add") && op.valueOrNull() != null) {
                    scopes.add(op.value());
                }
                return method.with(draft -> draft.authorizationScopes = scopes);
            })
            .on("add replace remove", "/requestParameters/*", (method, op) -> {
                Map<String, Boolean> after = Maps.patched(method.requestParameters(), op, op.flag(), UNKNOWN_PARAMETER);
                return method.with(draft -> draft.requestParameters = after);
            })
            .on("add replace remove", "/requestModels/*", (method, op) -> {
                Map<String, String> after = Maps.patched(method.requestModels(), op, op.value(), UNKNOWN_CONTENT_TYPE);
                return method.with(draft -> draft.requestModels = after);
            });

    private MethodOperations() {}

    private static Answer put(Call call) {
        Members body = call.body("putMethodInput");
        String type = body.required("authorizationType");
        Method.Draft draft = Method.draft();
        draft.authorizerId = body.string("authorizerId");
        draft.apiKeyRequired = body.flag("apiKeyRequired");
        draft.operationName = body.string("operationName");
        draft.requestParameters = body.booleanMap("requestParameters");
        draft.requestModels = body.stringMap("requestModels");
        draft.requestValidatorId = body.string("requestValidatorId");
        draft.authorizationScopes = body.strings("authorizationScopes");
        Method created = call.write(writing -> {
            Methods place = Methods.place(writing, call);
            if (!VERBS.contains(place.verb())) {
                throw ControlError.badRequest(
                        "Invalid HttpMethod specified. Valid options are " + String.join(",", VERBS));
            }
            if (place.method() != null) {
                throw ControlError.conflict("Method already exists for this resource");
            }
            draft.httpMethod = place.verb();
            draft.authorizationType = authorizationType(type);
            Method method = checked(draft.build(), place);
            place.put(writing, method);
            return method;
        });
        return Answer.json(Documents.wire(created));
    }

    private static Answer get(Call call) {
        Method method = call.read(reading -> Methods.get(reading, call).method());
        return Answer.json(Documents.wire(method));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations = call.body("updateMethodInput").patchOperations();
        Method updated = call.write(writing -> {
            Methods place = Methods.get(writing, call);
            Method method = checked(PATCH.apply(place.method(), operations), place);
            place.put(writing, method);
            return method;
        });
        return Answer.json(Documents.wire(updated));
    }

    private static Answer delete(Call call) {
        call.write(writing -> {
            Methods place = Methods.get(writing, call);
            place.remove(writing);
            return place;
        });
        return Answer.NOTHING;
    }

    private static AuthorizationType authorizationType(String name) {
        for (AuthorizationType type : AuthorizationType.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw ControlError.badRequest(
                "Invalid authorization type specified. Valid options are " + "NONE,AWS_IAM,CUSTOM,COGNITO_USER_POOLS");
    }

    /** Looks at the whole, so that the order of patch operations is free. */
    private static Method checked(Method method, Methods place) {
        boolean byAuthorizer = method.authorizationType() == AuthorizationType.CUSTOM
                || method.authorizationType() == AuthorizationType.COGNITO_USER_POOLS;
        boolean known = place.api().authorizers().stream()
                .anyMatch(authorizer -> authorizer.id().equals(method.authorizerId()));
        if (byAuthorizer && !known) {
            throw ControlError.badRequest("Invalid authorizer ID specified. Setting the authorization type to CUSTOM or"
                    + " COGNITO_USER_POOLS requires a valid authorizer.");
        }
        String validator = method.requestValidatorId();
        if (validator != null
                && place.api().requestValidators().stream()
                        .noneMatch(other -> other.id().equals(validator))) {
            throw ControlError.badRequest(RequestValidatorOperations.UNKNOWN);
        }
        place.checkModels(method.requestModels().values());
        Methods.checkRequestParameters(method.requestParameters().keySet());
        checkUnique(method.requestParameters().keySet());
        return byAuthorizer ? method : method.with(draft -> draft.authorizerId = null);
    }

    private static void checkUnique(Set<String> parameters) {
        Set<String> names = new HashSet<>();
        for (String parameter : parameters) {
            if (!names.add(parameter.split("\\.", 4)[3])) {
                throw ControlError.badRequest("Parameter names must be unique across querystring, header and path");
            }
        }
    }
}
