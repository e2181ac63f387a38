package dev.gatehouse.controlplane.control;

import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Stage;
import java.util.List;

/**
 * An API that the gateway's configuration declares, not the store.
 *
 * @param deploymentId the one deployment that it has
 * @param stages all pointing to that deployment
 */
public record Declared(ApiDefinition definition, String deploymentId, List<Stage> stages) {

    public Declared {
        stages = List.copyOf(stages);
    }
}
