package dev.gatehouse.controlplane.openapi;

import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.EndpointConfiguration;
import java.util.List;
import java.util.Set;

/** Definitions without what an export leaves out. */
final class Exports {

    private Exports() {}

    /** Also without warnings, which belong to one import, and without a version that the export may have made up. */
    static ApiDefinition withoutEndpoint(ApiDefinition definition) {
        return definition.with(draft -> draft.restApi = definition.restApi().with(api -> {
            api.endpointConfiguration = new EndpointConfiguration(List.of(), null, List.of());
            api.disableExecuteApiEndpoint = false;
            api.warnings = List.of();
        }));
    }

    /** The same, with resources in any order. */
    static List<Object> comparable(ApiDefinition definition) {
        ApiDefinition bare = withoutEndpoint(definition);
        return List.of(
                bare.restApi(),
                Set.copyOf(bare.resources()),
                bare.models(),
                Set.copyOf(bare.requestValidators()),
                bare.authorizers(),
                bare.gatewayResponses(),
                bare.documentationParts());
    }
}
