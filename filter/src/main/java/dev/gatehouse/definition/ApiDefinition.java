package dev.gatehouse.definition;

import java.util.List;
import java.util.Map;
import java.util.Objects;

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
}
