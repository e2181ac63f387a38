package dev.gatehouse.definition;

import java.time.Instant;
import java.util.Map;

/**
 * A frozen API definition that stages point to; the definition itself is an {@link ApiDefinition}.
 *
 * @param description may be null
 * @param apiSummary resource path to HTTP method to what guards it; empty unless asked for
 */
public record Deployment(
        String id, String description, Instant createdDate, Map<String, Map<String, MethodSnapshot>> apiSummary) {

    public Deployment {
        apiSummary = Frozen.map(apiSummary);
    }
}
