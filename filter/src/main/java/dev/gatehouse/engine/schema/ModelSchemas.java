package dev.gatehouse.engine.schema;

import dev.gatehouse.engine.json.JsonLimits;
import dev.gatehouse.engine.json.JsonReader;
import dev.gatehouse.engine.json.MalformedJsonException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The models of one API, compiled when a method asks for one. Models may refer to their own parts ({@code #/definitions/Bin}) and
 * to other models of the API ({@code https://apigateway.amazonaws.com/restapis/<id>/models/<name>}), in circles, too; nothing is
 * ever fetched from anywhere. Not thread-safe; what it makes is.
 */
public final class ModelSchemas {

    /** Takes note of what is wrong. */
    @FunctionalInterface
    public interface Problems {
        /**
         * @param model name of the model
         * @param pointer JSON pointer into its schema
         */
        void add(String model, String pointer, String message);
    }

    /** A schema is written by hand: deeper ones attack somebody. */
    private static final JsonReader READER = new JsonReader(new JsonLimits(64, 1_000, 1_000, 512 * 1024));

    /** Characters of one model; Amazon allows 400 KB for all models of an API. */
    private static final int LONGEST = 400 * 1024;

    private final String site;
    private final Map<String, String> texts;
    private final Problems problems;
    private final Map<String, Optional<Object>> trees = new HashMap<>();
    private final Map<String, Optional<JsonSchema>> compiled = new HashMap<>();
    private final SchemaReader reader;

    /**
     * @param restApiId id of the API
     * @param texts schemas by the name of their model
     */
    public ModelSchemas(String restApiId, Map<String, String> texts, Problems problems) {
        this.site = "https://apigateway.amazonaws.com/restapis/" + restApiId + "/models/";
        this.texts = Map.copyOf(texts);
        this.problems = problems;
        this.reader = new SchemaReader(this::tree, site, problems);
    }

    /** @return empty where there is no such model, or where it cannot be compiled; the problems have been noted */
    public Optional<JsonSchema> compile(String model) {
        Optional<JsonSchema> known = compiled.get(model);
        if (known == null) {
            known = read(model);
            compiled.put(model, known);
        }
        return known;
    }

    private Optional<JsonSchema> read(String model) {
        try {
            return tree(model).flatMap(tree -> reader.root(model)).map(JsonSchema::new);
        } catch (StackOverflowError e) {
            problems.add(model, "", "too many schemas within each other");
            return Optional.empty();
        }
    }

    private Optional<Object> tree(String model) {
        return trees.computeIfAbsent(model, name -> {
            String text = texts.get(name);
            if (text == null) {
                return Optional.empty();
            }
            if (text.length() > LONGEST) {
                problems.add(name, "", "the schema has " + text.length() + " characters; " + LONGEST + " are allowed");
                return Optional.empty();
            }
            try {
                return Optional.ofNullable(READER.parse(text));
            } catch (MalformedJsonException e) {
                problems.add(name, "", "the schema is not JSON: " + e.getMessage());
                return Optional.empty();
            }
        });
    }
}
