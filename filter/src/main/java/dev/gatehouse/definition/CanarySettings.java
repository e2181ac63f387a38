package dev.gatehouse.definition;

import java.util.Map;

/**
 * A second deployment of a stage, for a share of the calls.
 *
 * @param percentTraffic 0.0 to 100.0
 * @param stageVariableOverrides laid over the variables of the stage
 */
public record CanarySettings(
        double percentTraffic, String deploymentId, Map<String, String> stageVariableOverrides, boolean useStageCache) {

    public CanarySettings {
        stageVariableOverrides = Frozen.map(stageVariableOverrides);
    }
}
