package dev.gatehouse.controlplane.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.definition.Model;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The schemas of a document as models. References between them become the address that API Gateway gives its models; a schema
 * written in place becomes a model whose name follows from its content, so that importing a document twice makes it once.
 */
final class Schemas {

    static final Pattern MODEL_ADDRESS =
            Pattern.compile("https://apigateway\\.amazonaws\\.com/restapis/[^/]+/models/([A-Za-z0-9]+)");
    private static final Pattern MODEL_NAME = Pattern.compile("[A-Za-z0-9]{1,255}");

    /** Their values are data of the author, not schemas. */
    static final Set<String> DATA = Set.of("enum", "default", "example", "examples", "const");

    /** Their values are schemas under names of the author. */
    static final Set<String> MAPS = Set.of("properties", "patternProperties", "definitions", "dependencies");

    private static final Set<String> WITHOUT_EFFECT = Set.of("nullable", "discriminator", "readOnly", "writeOnly");

    private final Cursor section;
    private final String prefix;
    private final ImportOptions options;
    private final Map<String, Model> generated = new LinkedHashMap<>();
    private final Map<JsonNode, String> names = new IdentityHashMap<>();

    Schemas(Cursor section, Dialect dialect, ImportOptions options) {
        this.section = section;
        this.prefix = "#" + dialect.schemas + "/";
        this.options = options;
    }

    /** All models, used or not, and after them those that {@link #modelFor} made up. */
    List<Model> models() {
        List<Model> models = new ArrayList<>();
        for (Cursor schema : section.members()) {
            if (!MODEL_NAME.matcher(schema.name()).matches()) {
                schema.error("a model name must be letters and digits only");
            } else if (schema.isObject() && schema.isPresent()) {
                models.add(model(schema.name(), schema, rewrite(schema).toString()));
            }
        }
        models.addAll(generated.values());
        return models;
    }

    /** @return name of the model that a schema of a request or response stands for; null, and an error, if there is none */
    String modelFor(Cursor schema) {
        if (!schema.isObject()) {
            return null;
        }
        JsonNode reference = schema.node().get("$ref");
        if (reference != null) {
            return modelName(schema.at("$ref"));
        }
        String known = names.get(schema.node());
        if (known != null) {
            return known;
        }
        String text = rewrite(schema).toString();
        String name = "MODEL" + digest(text);
        generated.computeIfAbsent(name, absent -> model(name, schema, text));
        names.put(schema.node(), name);
        return name;
    }

    private Model model(String name, Cursor schema, String text) {
        JsonNode description = schema.node().get("description");
        return new Model(
                options.ids().idFor(IdSource.Kind.MODEL, name),
                name,
                description != null && description.isTextual() ? description.textValue() : null,
                text,
                "application/json");
    }

    private JsonNode rewrite(Cursor schema) {
        JsonNode node = schema.node();
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            schema.items().forEach(item -> copy.add(rewrite(item)));
            return copy;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Cursor keyword : schema.members()) {
            copy.set(keyword.name(), rewriteKeyword(keyword));
        }
        return copy;
    }

    private JsonNode rewriteKeyword(Cursor keyword) {
        String name = keyword.name();
        if (name.equals("$ref") && keyword.node().isTextual()) {
            String model = modelName(keyword);
            return model == null ? keyword.node() : JsonNodeFactory.instance.textNode(address(model));
        }
        if (DATA.contains(name) || name.startsWith("x-")) {
            return keyword.node();
        }
        if (MAPS.contains(name) && keyword.node().isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            keyword.members().forEach(member -> copy.set(member.name(), rewrite(member)));
            return copy;
        }
        boolean exclusiveNumber =
                name.startsWith("exclusiveM") && keyword.node().isNumber();
        if (exclusiveNumber
                || WITHOUT_EFFECT.contains(name) && !keyword.node().isBoolean()
                || WITHOUT_EFFECT.contains(name) && keyword.node().booleanValue()) {
            keyword.warn("'" + name + "'" + (exclusiveNumber ? " as a number" : "")
                    + " is not part of JSON Schema draft 4 and is not enforced");
        }
        return rewrite(keyword);
    }

    private String modelName(Cursor reference) {
        String text = reference.text();
        if (text == null) {
            return null;
        }
        Matcher address = MODEL_ADDRESS.matcher(text);
        if (address.matches()) {
            return address.group(1);
        }
        if (!text.startsWith("#")) {
            reference.error(References.LOCAL_ONLY);
            return null;
        }
        if (!text.startsWith(prefix) || text.indexOf('/', prefix.length()) >= 0) {
            reference.error("must refer to " + prefix + "<name>");
            return null;
        }
        String name = References.unescape(text.substring(prefix.length()));
        if (!section.at(name).isPresent()) {
            List<String> known = new ArrayList<>();
            section.node().fieldNames().forEachRemaining(known::add);
            reference.error("there is no schema '" + Texts.cut(name) + "'" + Texts.suggestion(name, known));
            return null;
        }
        return name;
    }

    private String address(String model) {
        return "https://apigateway.amazonaws.com/restapis/" + options.restApiId() + "/models/" + model;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, hash).toString(36).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
