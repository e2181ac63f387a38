package dev.gatehouse.dataplane.snapshot;

import dev.gatehouse.engine.template.MappingTemplate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Mapping templates by media type, in the order of the definition. An empty template is there, and means "no mapping".
 *
 * <p>Immutable and thread-safe.
 */
public final class Templates {

    public static final Templates NONE = new Templates(Map.of());

    private static final String JSON = "application/json";
    private static final String DEFAULT = "$default";

    private final Map<String, Optional<MappingTemplate>> byMediaType;

    private Templates(Map<String, Optional<MappingTemplate>> byMediaType) {
        this.byMediaType = Collections.unmodifiableMap(new LinkedHashMap<>(byMediaType));
    }

    /** @param byMediaType empty for a template without text */
    public static Templates of(Map<String, Optional<MappingTemplate>> byMediaType) {
        return byMediaType.isEmpty() ? NONE : new Templates(byMediaType);
    }

    public boolean isEmpty() {
        return byMediaType.isEmpty();
    }

    /**
     * The template for a request.
     *
     * @param contentType the header as sent, or null
     * @return empty for an empty template; null where there is no template for that type
     */
    public Optional<MappingTemplate> forRequest(String contentType) {
        Optional<MappingTemplate> exact = byMediaType.get(contentType == null ? JSON : MediaType.of(contentType));
        return exact != null ? exact : byMediaType.get(DEFAULT);
    }

    /**
     * The template for an answer.
     *
     * @param accept the request's header as sent, or null
     * @return empty where the body passes unchanged
     */
    public Optional<MappingTemplate> forResponse(String accept) {
        if (byMediaType.isEmpty()) {
            return Optional.empty();
        }
        Optional<MappingTemplate> wanted = accept == null ? null : byMediaType.get(MediaType.first(accept));
        if (wanted == null) {
            wanted = byMediaType.get(JSON);
        }
        return wanted != null ? wanted : byMediaType.values().iterator().next();
    }
}
