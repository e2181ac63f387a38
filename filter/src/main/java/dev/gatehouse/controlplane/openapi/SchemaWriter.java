package dev.gatehouse.controlplane.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.definition.Model;
import java.util.regex.Matcher;

/** Models as schemas of a document: what {@link Schemas} makes of references is undone. */
final class SchemaWriter {

    private static final String DRAFT_4 = "http://json-schema.org/draft-04/schema";

    /** Such as {@code #/definitions/}. */
    private final String prefix;

    SchemaWriter(String prefix) {
        this.prefix = prefix;
    }

    /** @throws Unreadable where the model is not a JSON object */
    ObjectNode write(Model model) throws Unreadable {
        String text = model.schema() == null || model.schema().isBlank() ? "{}" : model.schema();
        JsonNode schema;
        try {
            schema = SafeDocument.parse(text);
        } catch (Unreadable e) {
            throw new Unreadable("the schema of model '" + model.name() + "' cannot be read: " + e.getMessage());
        }
        if (!schema.isObject()) {
            throw new Unreadable("the schema of model '" + model.name() + "' is not a JSON object");
        }
        ObjectNode written = (ObjectNode) rewrite(schema, model.name());
        JsonNode draft = written.get("$schema");
        if (draft != null && draft.asText().startsWith(DRAFT_4)) {
            written.remove("$schema"); // OpenAPI has no such keyword, and every model is of this draft
        }
        return written;
    }

    ObjectNode reference(String model) {
        return JsonNodeFactory.instance.objectNode().put("$ref", prefix + model);
    }

    private JsonNode rewrite(JsonNode node, String model) {
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> copy.add(rewrite(item, model)));
            return copy;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        node.properties()
                .forEach(keyword -> copy.set(keyword.getKey(), keyword(keyword.getKey(), keyword.getValue(), model)));
        return copy;
    }

    private JsonNode keyword(String name, JsonNode value, String model) {
        if (name.equals("$ref") && value.isTextual()) {
            return JsonNodeFactory.instance.textNode(address(value.textValue(), model));
        }
        if (Schemas.DATA.contains(name) || name.startsWith("x-")) {
            return value;
        }
        if (Schemas.MAPS.contains(name) && value.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(member -> copy.set(member.getKey(), rewrite(member.getValue(), model)));
            return copy;
        }
        return rewrite(value, model);
    }

    /** A pointer into the schema itself becomes one into the document. */
    private String address(String reference, String model) {
        Matcher address = Schemas.MODEL_ADDRESS.matcher(reference);
        if (address.matches()) {
            return prefix + address.group(1);
        }
        return reference.startsWith("#") ? prefix + model + reference.substring(1) : reference;
    }
}
