package dev.gatehouse.definition;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * An API with all its parts: what a deployment freezes.
 *
 * @param resources every node of the path tree, the root included, each with its methods
 * @param gatewayResponses those that the owner customised, and no others
 */
public record ApiDefinition(
        RestApi restApi,
        List<Resource> resources,
        List<Model> models,
        List<RequestValidator> requestValidators,
        List<Authorizer> authorizers,
        Map<GatewayResponseType, GatewayResponse> gatewayResponses,
        List<DocumentationPart> documentationParts) {

    public ApiDefinition {
        Objects.requireNonNull(restApi, "restApi");
        resources = Frozen.list(resources);
        models = Frozen.list(models);
        requestValidators = Frozen.list(requestValidators);
        authorizers = Frozen.list(authorizers);
        gatewayResponses = Frozen.map(gatewayResponses);
        documentationParts = Frozen.list(documentationParts);
    }
    /** This value with changes. */
    public ApiDefinition with(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.restApi = restApi;
        draft.resources = resources;
        draft.models = models;
        draft.requestValidators = requestValidators;
        draft.authorizers = authorizers;
        draft.gatewayResponses = gatewayResponses;
        draft.documentationParts = documentationParts;
        change.accept(draft);
        return draft.build();
    }

    /** The components as plain fields, for the moment in which a value is put together; not thread-safe. */
    public static final class Draft {

        public RestApi restApi;
        public List<Resource> resources;
        public List<Model> models;
        public List<RequestValidator> requestValidators;
        public List<Authorizer> authorizers;
        public Map<GatewayResponseType, GatewayResponse> gatewayResponses;
        public List<DocumentationPart> documentationParts;

        private Draft() {}

        public ApiDefinition build() {
            return new ApiDefinition(
                    restApi, resources, models, requestValidators, authorizers, gatewayResponses, documentationParts);
        }
    }
}
