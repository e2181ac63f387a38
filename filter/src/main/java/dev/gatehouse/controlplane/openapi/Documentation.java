package dev.gatehouse.controlplane.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.definition.DocumentationPart;
import dev.gatehouse.definition.DocumentationPartLocation;
import dev.gatehouse.definition.DocumentationPartType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Documentation parts, and what of their properties OpenAPI has a place for in the entities they describe. A part holds for
 * everything below its path, for every method and status code that it does not name; the closer one wins (API Gateway API
 * reference, DocumentationPartLocation). A property never replaces what the definition itself says.
 */
final class Documentation {

    private static final Set<String> DESCRIPTION = Set.of("description");

    /** What OpenAPI has a place for; all else stays in the documentation extension. */
    private static final Map<DocumentationPartType, Set<String>> FIELDS = Map.of(
            DocumentationPartType.API, Set.of("tags", "externalDocs"),
            DocumentationPartType.METHOD, Set.of("tags", "summary", "description", "externalDocs", "deprecated"),
            DocumentationPartType.MODEL, Set.of("title", "description", "externalDocs"));

    private record Part(DocumentationPartLocation location, JsonNode properties) {

        String path() {
            return location.path() == null ? "/" : location.path();
        }

        private static boolean names(String said, String asked) {
            return said == null || said.equals("*") || said.equals(asked);
        }

        boolean covers(DocumentationPartLocation entity) {
            return location.type() == entity.type()
                    && Objects.equals(location.name(), entity.name())
                    && (entity.path() == null || isAtOrBelow(entity.path()))
                    && names(location.method(), entity.method())
                    && names(location.statusCode(), entity.statusCode());
        }

        private boolean isAtOrBelow(String path) {
            return path.equals(path()) || path.startsWith(path().equals("/") ? "/" : path() + "/");
        }

        int closeness() {
            return path().length() * 4
                    + (location.method() == null || location.method().equals("*") ? 0 : 2)
                    + (location.statusCode() == null || location.statusCode().equals("*") ? 0 : 1);
        }
    }

    private final List<Part> parts = new ArrayList<>();

    /** @throws Unreadable where the properties of a part are not a JSON object */
    Documentation(List<DocumentationPart> parts) throws Unreadable {
        for (DocumentationPart part : parts) {
            JsonNode properties = SafeDocument.parse(part.properties());
            if (!properties.isObject()) {
                throw new Unreadable("the properties of documentation part '" + part.id() + "' are not a JSON object");
            }
            this.parts.add(new Part(part.location(), properties));
        }
        this.parts.sort(Comparator.comparingInt(Part::closeness).reversed());
    }

    void into(ObjectNode entity, DocumentationPartType type, String name) {
        into(entity, new DocumentationPartLocation(type, null, null, null, name));
    }

    /** @param location exactly what the entity is */
    void into(ObjectNode entity, DocumentationPartLocation location) {
        for (Part part : parts) {
            if (part.covers(location)) {
                part.properties().properties().forEach(property -> {
                    if (FIELDS.getOrDefault(location.type(), DESCRIPTION).contains(property.getKey())
                            && !entity.has(property.getKey())) {
                        entity.set(property.getKey(), property.getValue());
                    }
                });
            }
        }
    }

    /** Description of the API: {@code description} or {@code info.description}. */
    void intoInfo(ObjectNode info) {
        for (Part part : parts) {
            if (part.location().type() == DocumentationPartType.API) {
                for (JsonNode source :
                        List.of(part.properties(), part.properties().path("info"))) {
                    for (String field : List.of("description", "termsOfService", "contact", "license")) {
                        if (source.has(field) && !info.has(field)) {
                            info.set(field, source.get(field));
                        }
                    }
                }
            }
        }
    }
}
