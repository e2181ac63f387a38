package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mapping template to begin with: an output that looks like a model and takes its values from an input that looks the same. Source
 * of the form: published templates that API Gateway has generated.
 */
final class ModelTemplate {

    /** Ours: references of references may multiply. */
    private static final int LONGEST = 256 * 1024;

    /** Ours, too: a schema may be written as deep as its size allows. */
    private static final int DEEPEST = 64;

    private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*");

    private final ApiDefinition api;
    private final StringBuilder text = new StringBuilder("#set($inputRoot = $input.path('$'))\n");
    private final Map<String, JsonNode> schemas = new HashMap<>();
    private final List<JsonNode> open = new ArrayList<>();

    private ModelTemplate(ApiDefinition api) {
        this.api = api;
    }

    /** @throws ControlError where it would be too large */
    static String of(Model model, ApiDefinition api) {
        ModelTemplate template = new ModelTemplate(api);
        Schema root = template.resolved(template.schema(model));
        if (root != null && root.type().equals("array")) {
            template.rootArray(root);
        } else {
            template.value(root, "$inputRoot", "");
        }
        return template.text.toString();
    }

    /** A schema, and the document that its local references lead into. */
    private record Schema(JsonNode document, JsonNode node) {

        String type() {
            JsonNode type = node.path("type");
            if (type.isArray()) {
                for (JsonNode one : type) {
                    if (!one.asText().equals("null")) {
                        return one.asText();
                    }
                }
            }
            if (type.isTextual()) {
                return type.textValue();
            }
            return node.has("properties") ? "object" : node.has("items") ? "array" : "";
        }

        Schema at(JsonNode inner) {
            return new Schema(document, inner);
        }
    }

    /** Read once, so that a schema in a circle is known again. */
    private Schema schema(Model model) {
        JsonNode schema = schemas.computeIfAbsent(model.name(), name -> FlatModel.schema(model));
        return schema == null ? null : new Schema(schema, schema);
    }

    /** @return null where a reference leads nowhere */
    private Schema resolved(Schema schema) {
        Schema at = schema;
        for (int i = 0; at != null && at.node().path("$ref").isTextual(); i++) {
            at = i == DEEPEST ? null : target(at);
        }
        return at;
    }

    private Schema target(Schema from) {
        JsonNode reference = from.node().get("$ref");
        Optional<String> name = FlatModel.name(reference, api);
        if (name.isPresent()) {
            return api.models().stream()
                    .filter(model -> model.name().equals(name.get()))
                    .findFirst()
                    .map(this::schema)
                    .orElse(null);
        }
        String local = reference.textValue();
        JsonNode found = local.startsWith("#/") ? from.document().at(local.substring(1)) : from.document();
        return local.startsWith("#") && !found.isMissingNode() ? from.at(found) : null;
    }

    /**
     * @param schema null for anything
     * @param source where the value is in the input
     * @param indent of the line that the value begins on
     */
    private void value(Schema schema, String source, String indent) {
        String type = schema == null ? "object" : schema.type();
        switch (type) {
            case "object", "array" -> {
                boolean again = schema != null && open.stream().anyMatch(outer -> outer == schema.node());
                if (schema == null || again || open.size() == DEEPEST) {
                    write(type.equals("array") ? "[ ]" : "{ }");
                } else {
                    open.add(schema.node());
                    if (type.equals("array")) {
                        array(schema, source, indent);
                    } else {
                        object(schema, source, indent, indent);
                    }
                    open.remove(open.size() - 1);
                }
            }
            case "integer", "number", "boolean" -> write(source);
            default -> write("\"" + source + "\"");
        }
    }

    private void object(Schema schema, String source, String indent, String end) {
        Iterator<Map.Entry<String, JsonNode>> members =
                schema.node().path("properties").properties().iterator();
        if (!members.hasNext()) {
            write("{ }");
            return;
        }
        write("{\n");
        while (members.hasNext()) {
            Map.Entry<String, JsonNode> member = members.next();
            write(indent + "  " + Documents.quoted(member.getKey()) + " : ");
            value(resolved(schema.at(member.getValue())), source + access(member.getKey()), indent + "  ");
            write(members.hasNext() ? ",\n" : "\n");
        }
        write(end + "}");
    }

    private void array(Schema schema, String source, String indent) {
        String inner = indent + "  ";
        write("[\n");
        loop(source, inner);
        write(inner);
        value(elements(schema), "$elem", inner);
        write(" \n");
        endLoop(inner);
        write(indent + "]");
    }

    /** Where the whole model is a list, generated templates are set in another way. */
    private void rootArray(Schema schema) {
        Schema elements = elements(schema);
        write("[\n");
        loop("$inputRoot", "");
        open.add(schema.node());
        if (elements != null && elements.type().equals("object")) {
            open.add(elements.node());
            write(" ");
            object(elements, "$elem", "", "");
        } else {
            value(elements, "$elem", "");
        }
        write(" \n");
        endLoop("");
        write("]");
    }

    private Schema elements(Schema schema) {
        return schema.node().path("items").isObject()
                ? resolved(schema.at(schema.node().path("items")))
                : null;
    }

    private void loop(String source, String indent) {
        write(indent + "##TODO: Update this foreach loop to reference array from input json\n");
        write(indent + "#foreach($elem in " + source + ")\n");
    }

    private void endLoop(String indent) {
        write(indent + "#if($foreach.hasNext),#end\n");
        write(indent + "#end\n");
    }

    private static String access(String name) {
        return IDENTIFIER.matcher(name).matches() ? "." + name : ".get('" + name.replace("'", "''") + "')";
    }

    private void write(String part) {
        text.append(part);
        if (text.length() > LONGEST) {
            throw ControlError.badRequest("The template of this model would have more than " + LONGEST + " characters");
        }
    }
}
