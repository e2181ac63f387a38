package dev.gatehouse.controlplane.sdk;

import dev.gatehouse.definition.ApiDefinition;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A client that is wanted.
 *
 * @param definition as deployed; its documentation parts those of the documentation version
 * @param documentationVersion null leaves documentation out
 * @param frozen moment of the deployment
 * @param type id of a type of SDK
 * @param parameters as the caller gave them, not checked yet
 * @param invokeUrl where the stage is called, unless the parameters say otherwise
 */
public record SdkOrder(
        ApiDefinition definition,
        String documentationVersion,
        Instant frozen,
        String type,
        Map<String, String> parameters,
        String invokeUrl) {

    public SdkOrder {
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(frozen, "frozen");
        Objects.requireNonNull(type, "type");
        parameters = Map.copyOf(parameters);
        Objects.requireNonNull(invokeUrl, "invokeUrl");
    }
}
