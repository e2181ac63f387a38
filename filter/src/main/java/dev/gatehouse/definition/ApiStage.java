package dev.gatehouse.definition;

import java.util.Map;

/**
 * A stage that a usage plan covers.
 *
 * @param throttle limits for single methods, by {@code <resource path>/<METHOD>}
 */
public record ApiStage(String apiId, String stage, Map<String, ThrottleSettings> throttle) {

    public ApiStage {
        throttle = Frozen.map(throttle);
    }
}
