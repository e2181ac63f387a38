package dev.gatehouse.controlplane.control;

import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Stage;
import java.util.Objects;

/**
 * What a stage offers.
 *
 * @param definition what its deployment froze
 * @param canary what the deployment of its canary froze; null where it has none
 */
public record Release(Stage stage, ApiDefinition definition, ApiDefinition canary) {

    public Release {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(definition, "definition");
    }
}
