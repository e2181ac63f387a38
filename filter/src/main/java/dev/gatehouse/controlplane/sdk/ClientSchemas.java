package dev.gatehouse.controlplane.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Models as types of a client. Only what makes a type is kept: checks are the gateway's, and so are defaults. A reference into a
 * model becomes a type of its own.
 */
final class ClientSchemas {

    private static final String PREFIX = "#/components/schemas/";
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9]{1,128}");
    private static final Pattern PROPERTY = Pattern.compile("[A-Za-z0-9_.$:@~ /-]{1,256}");
    private static final Pattern CONSTANT = Pattern.compile("[A-Za-z0-9_.:@+ /-]{1,128}");
    private static final Set<String> TYPES = Set.of("object", "array", "string", "integer", "number", "boolean");
    private static final Map<String, Set<String>> FORMATS = Map.of(
            "string", Set.of("date", "date-time", "uuid"),
            "integer", Set.of("int32", "int64"),
            "number", Set.of("float", "double"));
    private static final int DEEPEST = 64;

    private final ObjectNode exported;
    private final List<String> problems;
    private final ObjectNode written = JsonNodeFactory.instance.objectNode();
    private final Map<String, String> names = new HashMap<>();

    ClientSchemas(ObjectNode exported, List<String> problems) {
        this.exported = exported;
        this.problems = problems;
    }

    /** Every model, used or not, and what {@link #use} has found in them. */
    ObjectNode all() {
        exported.at("/components/schemas").fieldNames().forEachRemaining(name -> refer(PREFIX + name, name));
        written.fieldNames().forEachRemaining(name -> {
            if (consistsOf(written.get(name), name, new HashSet<>())) {
                problems.add("Model " + name + " consists of itself");
            }
        });
        return written;
    }

    /** Properties may be of their own model; what a type is made of may not. */
    private boolean consistsOf(JsonNode schema, String model, Set<String> visited) {
        String reference = schema.path("$ref").asText();
        if (!reference.isEmpty()) {
            String name = reference.substring(PREFIX.length());
            return name.equals(model) || visited.add(name) && consistsOf(written.path(name), model, visited);
        }
        for (JsonNode part : schema.path("allOf")) {
            if (consistsOf(part, model, visited)) {
                return true;
            }
        }
        return schema.has("items") && consistsOf(schema.get("items"), model, visited)
                || schema.has("additionalProperties") && consistsOf(schema.get("additionalProperties"), model, visited);
    }

    /** A schema where a payload is described. */
    ObjectNode use(JsonNode schema) {
        return write(schema, "a payload", 0);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode write(JsonNode schema, String place, int depth) {
        ObjectNode type = object();
        if (!schema.isObject()) {
            return type;
        }
        if (depth > DEEPEST) {
            problems.add("Model " + place + " is nested more than " + DEEPEST + " levels deep");
            return type;
        }
        if (schema.path("$ref").isTextual()) {
            return refer(schema.get("$ref").textValue(), place);
        }
        for (String choice : List.of("oneOf", "anyOf")) {
            if (schema.has(choice)) {
                problems.add("Model " + place + " has " + choice + ", which SDK generation does not support");
            }
        }
        writeType(type, schema);
        String description = Text.plain(schema.path("description").asText(""));
        if (!description.isEmpty()) {
            type.put("description", description);
        }
        switch (type.path("type").asText()) {
            case "object" -> writeObject(type, schema, place, depth);
            case "array" -> type.set("items", write(schema.path("items"), place, depth + 1));
            case "string" -> writeConstants(type, schema);
            default -> {}
        }
        if (schema.path("allOf").isArray()) {
            ArrayNode all = type.putArray("allOf");
            schema.get("allOf").forEach(part -> all.add(write(part, place, depth + 1)));
        }
        return type;
    }

    /** Draft 4 has lists of types, where OpenAPI has one that may be null. */
    private static void writeType(ObjectNode type, JsonNode schema) {
        Set<String> types = new LinkedHashSet<>();
        JsonNode given = schema.path("type");
        (given.isArray() ? given : object().arrayNode().add(given)).forEach(one -> types.add(one.asText()));
        boolean nullable = types.remove("null") || schema.path("nullable").asBoolean();
        types.retainAll(TYPES);
        if (types.isEmpty() && schema.path("properties").isObject()) {
            types.add("object");
        }
        if (types.size() == 1) {
            String one = types.iterator().next();
            type.put("type", one);
            String format = schema.path("format").asText();
            if (FORMATS.getOrDefault(one, Set.of()).contains(format)) {
                type.put("format", format);
            }
        }
        if (nullable) {
            type.put("nullable", true);
        }
    }

    private void writeObject(ObjectNode type, JsonNode schema, String place, int depth) {
        ObjectNode properties = object();
        Set<String> alike = new HashSet<>();
        schema.path("properties").properties().forEach(entry -> {
            String name = entry.getKey();
            if (!PROPERTY.matcher(name).matches() || Text.camel(name).isEmpty()) {
                problems.add("Property " + Text.plain(name) + " of model " + place
                        + " has characters that cannot be written in every language");
            } else if (!alike.add(Text.camel(name).toLowerCase(Locale.ROOT))) {
                problems.add("Two properties of model " + place + " would have one name; one is " + Text.plain(name));
            } else {
                properties.set(name, write(entry.getValue(), place, depth + 1));
            }
        });
        if (!properties.isEmpty()) {
            type.set("properties", properties);
        }
        ArrayNode required = object().arrayNode();
        schema.path("required").forEach(name -> {
            if (properties.has(name.asText())) {
                required.add(name.asText());
            }
        });
        if (!required.isEmpty()) {
            type.set("required", required);
        }
        if (schema.path("additionalProperties").isObject()) {
            type.set("additionalProperties", write(schema.get("additionalProperties"), place, depth + 1));
        }
    }

    /** Values that would need an escape make it a plain text. */
    private static void writeConstants(ObjectNode type, JsonNode schema) {
        Set<String> values = new LinkedHashSet<>();
        Set<String> alike = new HashSet<>();
        for (JsonNode value : schema.path("enum")) {
            if (!value.isTextual()
                    || !CONSTANT.matcher(value.textValue()).matches()
                    || !alike.add(Text.camel(value.textValue()).toLowerCase(Locale.ROOT))) {
                return;
            }
            values.add(value.textValue());
        }
        if (!values.isEmpty()) {
            values.forEach(type.putArray("enum")::add);
        }
    }

    /** Writes what is referred to, once. */
    private ObjectNode refer(String reference, String place) {
        if (!reference.startsWith(PREFIX)) {
            problems.add(
                    "Model " + place + " refers to " + Text.plain(reference) + ", which is not a model of the API");
            return object();
        }
        String known = names.get(reference);
        if (known != null) {
            return object().put("$ref", PREFIX + known);
        }
        JsonNode target = exported.at("/components/schemas/" + reference.substring(PREFIX.length()));
        String name = reference.substring(PREFIX.length());
        if (name.indexOf('/') >= 0) {
            name = Text.camel(name);
        }
        if (target.isMissingNode()) {
            problems.add("Model " + place + " refers to " + Text.plain(reference) + ", which is not there");
        } else if (!MODEL.matcher(name).matches()) {
            problems.add("Model name " + Text.plain(name) + " has other characters than letters and digits");
        } else if (isTaken(name)) {
            problems.add("Two models would be called " + name);
        } else {
            names.put(reference, name);
            written.putObject(name);
            written.set(name, write(target, name, 0));
            return object().put("$ref", PREFIX + name);
        }
        return object();
    }

    private boolean isTaken(String name) {
        return names.values().stream().anyMatch(name::equalsIgnoreCase);
    }
}
