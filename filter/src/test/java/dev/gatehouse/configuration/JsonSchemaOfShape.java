package dev.gatehouse.configuration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.configuration.Shape.Choice;
import dev.gatehouse.configuration.Shape.Document;
import dev.gatehouse.configuration.Shape.Flag;
import dev.gatehouse.configuration.Shape.Fraction;
import dev.gatehouse.configuration.Shape.Key;
import dev.gatehouse.configuration.Shape.Keys;
import dev.gatehouse.configuration.Shape.Listing;
import dev.gatehouse.configuration.Shape.Names;
import dev.gatehouse.configuration.Shape.Referable;
import dev.gatehouse.configuration.Shape.Text;
import dev.gatehouse.configuration.Shape.Whole;
import java.util.TreeMap;

/** Says in JSON Schema, draft 7, what the table of keys says. */
final class JsonSchemaOfShape {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JsonSchemaOfShape() {}

    static ObjectNode document(Keys file) {
        ObjectNode schema = JSON.objectNode();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "gatehouse.yaml");
        schema.put("description", "Configuration of one Gatehouse: see configuration.md beside this file.");
        schema.setAll(schema(file));
        return schema;
    }

    private static ObjectNode schema(Shape shape) {
        ObjectNode schema = JSON.objectNode();
        if (shape instanceof Keys keys) {
            keys(schema, keys);
        } else if (shape instanceof Names names) {
            schema.put("type", "object");
            schema.set("propertyNames", text(JSON.objectNode(), names.name()));
            schema.set("additionalProperties", schema(names.value()));
        } else if (shape instanceof Listing listing) {
            schema.put("type", "array");
            if (listing.minItems() > 0) {
                schema.put("minItems", listing.minItems());
            }
            schema.set("items", schema(listing.item()));
        } else if (shape instanceof Text text) {
            schema.put("type", "string");
            text(schema, text);
        } else if (shape instanceof Referable referable) {
            schema.putArray("anyOf").add(schema(referable.text())).add(schema(referable.reference()));
        } else if (shape instanceof Choice choice) {
            ArrayNode values = schema.put("type", "string").putArray("enum");
            choice.values().forEach(values::add);
        } else if (shape instanceof Whole whole) {
            schema.put("type", "integer").put("minimum", whole.min()).put("maximum", whole.max());
        } else if (shape instanceof Fraction fraction) {
            schema.put("type", "number").put("minimum", fraction.min()).put("maximum", fraction.max());
        } else if (shape instanceof Document) {
            schema.put("type", "object");
        } else if (shape instanceof Flag) {
            schema.put("type", "boolean");
        }
        return schema;
    }

    private static void keys(ObjectNode schema, Keys shape) {
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (Key key : shape.keys()) {
            ObjectNode property = schema(key.shape());
            property.put("description", key.about());
            if (key.standard() != null) {
                standard(property, key);
            }
            properties.set(key.name(), property);
        }
        ArrayNode required = JSON.arrayNode();
        shape.keys().stream().filter(Key::required).forEach(key -> required.add(key.name()));
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        if (!shape.oneOf().isEmpty()) {
            ArrayNode all = schema.putArray("allOf");
            shape.oneOf().forEach(group -> {
                ArrayNode one = all.addObject().putArray("oneOf");
                group.forEach(name -> one.addObject().putArray("required").add(name));
            });
        }
        if (!shape.onlyWith().isEmpty()) {
            ObjectNode dependencies = schema.putObject("dependencies");
            new TreeMap<>(shape.onlyWith())
                    .forEach((name, other) -> dependencies.putArray(name).add(other));
        }
        schema.put("additionalProperties", false);
    }

    private static ObjectNode text(ObjectNode schema, Text text) {
        if (text.minLength() > 0) {
            schema.put("minLength", text.minLength());
        }
        schema.put("maxLength", text.maxLength());
        if (text.pattern() != null) {
            schema.put("pattern", text.pattern().pattern());
        }
        return schema;
    }

    private static void standard(ObjectNode property, Key key) {
        if (key.shape() instanceof Flag) {
            property.put("default", Boolean.parseBoolean(key.standard()));
        } else if (key.shape() instanceof Whole || key.shape() instanceof Fraction) {
            property.put("default", Long.parseLong(key.standard()));
        } else {
            property.put("default", key.standard());
        }
    }
}
