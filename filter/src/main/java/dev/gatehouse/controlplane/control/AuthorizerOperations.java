package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Authorizer;
import java.util.ArrayList;
import java.util.List;

/** Operations on the authorizers of an API. */
final class AuthorizerOperations {

    private static final String MANY = "/restapis/{restapi_id}/authorizers";
    static final String ONE = MANY + "/{authorizer_id}";
    private static final String UNKNOWN = "Invalid Authorizer identifier specified";

    static final List<Operation> ALL = List.of(
            Operation.of("CreateAuthorizer", "POST", MANY, 201, AuthorizerOperations::create),
            Operation.of("GetAuthorizers", "GET", MANY, 200, AuthorizerOperations::list),
            Operation.of("GetAuthorizer", "GET", ONE, 200, AuthorizerOperations::get),
            Operation.of("UpdateAuthorizer", "PATCH", ONE, 200, AuthorizerOperations::update),
            Operation.of("DeleteAuthorizer", "DELETE", ONE, 202, AuthorizerOperations::delete));

    private AuthorizerOperations() {}

    private static Answer create(Call call) {
        Authorizer wanted = AuthorizerRules.read(call.body("createAuthorizerInput"));
        String apiId = call.label("restapi_id");
        Authorizer created = call.write(writing -> {
            // Recorded: an unknown API is told as a conflict here, and only here.
            ApiDefinition api = Apis.find(writing, apiId).orElseThrow(Call::concurrentModification);
            Authorizer authorizer = wanted.with(draft -> draft.id = call.home().newId(6));
            AuthorizerRules.check(authorizer, api.authorizers());
            List<Authorizer> authorizers = new ArrayList<>(api.authorizers());
            authorizers.add(authorizer);
            Apis.put(writing, api.with(draft -> draft.authorizers = authorizers));
            return authorizer;
        });
        return Answer.json(Documents.wire(created));
    }

    private static Answer list(Call call) {
        String apiId = call.label("restapi_id");
        List<Authorizer> authorizers =
                call.read(reading -> Apis.get(reading, call, apiId).authorizers());
        return call.page(authorizers, Authorizer::id, Documents::wire);
    }

    private static Answer get(Call call) {
        String apiId = call.label("restapi_id");
        String id = call.label("authorizer_id");
        return Answer.json(Documents.wire(call.read(reading -> one(Apis.getOr(reading, apiId, UNKNOWN), id))));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations = call.body("updateAuthorizerInput").patchOperations();
        String apiId = call.label("restapi_id");
        String id = call.label("authorizer_id");
        Authorizer updated = call.write(writing -> {
            ApiDefinition api = Apis.getOr(writing, apiId, UNKNOWN);
            Authorizer authorizer = AuthorizerRules.PATCH.apply(one(api, id), operations);
            AuthorizerRules.check(authorizer, api.authorizers());
            List<Authorizer> authorizers = api.authorizers().stream()
                    .map(other -> other.id().equals(id) ? authorizer : other)
                    .toList();
            Apis.put(writing, api.with(draft -> draft.authorizers = authorizers));
            return authorizer;
        });
        return Answer.json(Documents.wire(updated));
    }

    private static Answer delete(Call call) {
        String apiId = call.label("restapi_id");
        String id = call.label("authorizer_id");
        call.write(writing -> {
            ApiDefinition api = Apis.getOr(writing, apiId, UNKNOWN);
            Authorizer authorizer = one(api, id);
            checkUnused(api, authorizer);
            List<Authorizer> left = new ArrayList<>(api.authorizers());
            left.remove(authorizer);
            Apis.put(writing, api.with(draft -> draft.authorizers = left));
            return id;
        });
        return Answer.NOTHING;
    }

    /** A method whose authorizer is gone would be closed to everybody, or open to everybody. */
    private static void checkUnused(ApiDefinition api, Authorizer authorizer) {
        api.resources()
                .forEach(resource -> resource.resourceMethods().forEach((verb, method) -> {
                    if (authorizer.id().equals(method.authorizerId())) {
                        throw ControlError.conflict("Cannot delete authorizer '" + authorizer.name()
                                + "', is referenced in method: " + resource.path() + "/" + verb);
                    }
                }));
    }

    /** An authorizer, and the API that has it. */
    record Place(ApiDefinition api, Authorizer authorizer) {}

    /** The one that the path of a call names. */
    static Place find(Reading reading, Call call) {
        ApiDefinition api = Apis.getOr(reading, call.label("restapi_id"), UNKNOWN);
        return new Place(api, one(api, call.label("authorizer_id")));
    }

    private static Authorizer one(ApiDefinition api, String id) {
        return api.authorizers().stream()
                .filter(authorizer -> authorizer.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ControlError.notFound(UNKNOWN));
    }
}
