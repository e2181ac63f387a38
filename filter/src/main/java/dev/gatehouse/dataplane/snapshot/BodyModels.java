package dev.gatehouse.dataplane.snapshot;

import dev.gatehouse.engine.schema.JsonSchema;
import java.util.Map;

/**
 * The models of a method's request by media type. Source: API Gateway developer guide, "request validation", and what was
 * observed: the type is compared as it is, without parameters.
 *
 * <p>Immutable and thread-safe.
 */
public final class BodyModels {

    public static final BodyModels NONE = new BodyModels(Map.of(), false);

    private static final String JSON = "application/json";
    private static final String DEFAULT = "$default";

    private final Map<String, JsonSchema> byMediaType;
    private final boolean exclusive;

    private BodyModels(Map<String, JsonSchema> byMediaType, boolean exclusive) {
        this.byMediaType = Map.copyOf(byMediaType);
        this.exclusive = exclusive;
    }

    /** @param exclusive whether a body of any other type is refused; Amazon lets it pass unchecked */
    public static BodyModels of(Map<String, JsonSchema> byMediaType, boolean exclusive) {
        return byMediaType.isEmpty() ? NONE : new BodyModels(byMediaType, exclusive);
    }

    /** Whether there is nothing to check, ever. */
    public boolean isEmpty() {
        return byMediaType.isEmpty();
    }

    /** Whether a body that {@link #select} finds nothing for is refused. */
    public boolean exclusive() {
        return exclusive;
    }

    /** The type that counts for a request: the header's, JSON where there is none. */
    public static String mediaType(String contentType) {
        return contentType == null ? JSON : MediaType.of(contentType);
    }

    /**
     * @param mediaType see {@link #mediaType}
     * @return null where there is no model for that type
     */
    public JsonSchema select(String mediaType) {
        JsonSchema exact = byMediaType.get(mediaType);
        return exact != null ? exact : byMediaType.get(DEFAULT);
    }
}
