package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Model;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A model whose references to other models of its API lead into its own {@code definitions}. Models may refer to each other in
 * circles, so they cannot be put in place.
 */
final class FlatModel {

    private static final String SITE = "https://apigateway.amazonaws.com/restapis/";

    private FlatModel() {}

    static Model of(Model model, ApiDefinition api) {
        if (!(schema(model) instanceof ObjectNode flat)) {
            return model;
        }
        Set<String> known = new LinkedHashSet<>(references(flat, api));
        Deque<String> open = new ArrayDeque<>(known);
        point(flat, api);
        while (!open.isEmpty()) {
            String name = open.poll();
            JsonNode schema = api.models().stream()
                    .filter(other -> other.name().equals(name))
                    .findFirst()
                    .map(FlatModel::schema)
                    .orElse(null);
            if (schema != null) {
                references(schema, api).stream().filter(known::add).forEach(open::add);
                point(schema, api);
                flat.withObjectProperty("definitions").set(name, schema);
            }
        }
        return new Model(model.id(), model.name(), model.description(), flat.toString(), model.contentType());
    }

    /** @return null where the schema is no JSON object */
    static JsonNode schema(Model model) {
        return model.schema() != null && Documents.isObject(model.schema())
                ? Documents.parse(model.schema().getBytes(StandardCharsets.UTF_8))
                : null;
    }

    /** Names of the models that a schema refers to. */
    static Set<String> references(JsonNode schema, ApiDefinition api) {
        Set<String> names = new LinkedHashSet<>();
        schema.findValues("$ref").forEach(reference -> name(reference, api).ifPresent(names::add));
        return names;
    }

    private static void point(JsonNode schema, ApiDefinition api) {
        schema.findParents("$ref")
                .forEach(parent -> name(parent.get("$ref"), api)
                        .ifPresent(name -> ((ObjectNode) parent).put("$ref", "#/definitions/" + name)));
    }

    /** @return the name of the model that a reference leads to; empty where it leads elsewhere */
    static Optional<String> name(JsonNode reference, ApiDefinition api) {
        String prefix = SITE + api.restApi().id() + "/models/";
        return reference.isTextual() && reference.textValue().startsWith(prefix)
                ? Optional.of(reference.textValue().substring(prefix.length()))
                : Optional.empty();
    }
}
