package dev.gatehouse.engine.schema;

import dev.gatehouse.engine.json.Json;
import dev.gatehouse.engine.json.JsonArray;
import dev.gatehouse.engine.json.JsonObject;
import dev.gatehouse.engine.pattern.BoundedPattern;
import dev.gatehouse.engine.schema.Combination.SchemaDependency;
import dev.gatehouse.engine.schema.ModelSchemas.Problems;
import dev.gatehouse.engine.schema.Schema.PatternProperty;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;

/** From the text of models to schemas. Every problem is noted with its place, and reading goes on. */
final class SchemaReader {

    private static final Keyword IMPOSSIBLE = Demand.type(EnumSet.noneOf(JsonType.class));

    /** A schema within a model. */
    private record Spot(String model, String pointer) {
        Spot at(String key) {
            return new Spot(model, pointer + '/' + key.replace("~", "~0").replace("/", "~1"));
        }
    }

    private final Function<String, Optional<Object>> models;
    private final String site;
    private final Problems problems;
    private final Map<Spot, Schema> schemas = new HashMap<>();
    private final InPlace inPlace = new InPlace();
    private int found;

    /**
     * @param models trees of models by name
     * @param site what references to other models begin with
     */
    SchemaReader(Function<String, Optional<Object>> models, String site, Problems problems) {
        this.models = models;
        this.site = site;
        this.problems = (model, pointer, message) -> {
            found++;
            problems.add(model, pointer, message);
        };
    }

    /** @return empty where something is wrong with the model, or with one that it refers to */
    Optional<Schema> root(String model) {
        int before = found;
        Spot spot = new Spot(model, "");
        Schema schema = schema(spot, models.apply(model).orElse(null));
        if (found == before) {
            inPlace.problem().ifPresent(problem -> problem(spot, problem));
        }
        return found == before ? Optional.of(schema) : Optional.empty();
    }

    private void problem(Spot spot, String message) {
        problems.add(spot.model, spot.pointer, message);
    }

    /** The schema at a spot; the same one each time, so that circles close. */
    private Schema schema(Spot spot, Object tree) {
        Spot end = spot;
        Object there = tree;
        Set<Spot> passed = new HashSet<>();
        while (there instanceof JsonObject object && object.get("$ref") instanceof String reference) {
            if (!passed.add(end)) {
                problem(spot, "$ref leads in a circle");
                return new Schema();
            }
            Optional<Spot> target = target(end, reference);
            if (target.isEmpty()) {
                return new Schema();
            }
            end = target.get();
            there = find(end);
        }
        Schema known = schemas.get(end);
        if (known != null) {
            return known;
        }
        Schema schema = new Schema();
        schemas.put(end, schema);
        if (there instanceof JsonObject object) {
            fill(schema, end, object);
        } else {
            problem(end, "a schema is a JSON object");
        }
        return schema;
    }

    private Optional<Spot> target(Spot from, String reference) {
        int hash = reference.indexOf('#');
        String document = hash < 0 ? reference : reference.substring(0, hash);
        String pointer = hash < 0 ? "" : URLDecoder.decode(escaped(reference, hash), StandardCharsets.UTF_8);
        String model =
                document.isEmpty() ? from.model : document.startsWith(site) ? document.substring(site.length()) : null;
        if (model == null) {
            problem(
                    from,
                    "$ref '" + reference + "' leads out of this API; expected #/definitions/<name> or " + site
                            + "<name>");
            return Optional.empty();
        }
        Spot target = new Spot(model, pointer);
        if (find(target) == null) {
            problem(from, "$ref '" + reference + "' leads to nothing");
            return Optional.empty();
        }
        return Optional.of(target);
    }

    /** A broken escape stands for itself: it will lead to nothing. */
    private static String escaped(String reference, int hash) {
        return reference.substring(hash + 1).replace("+", "%2B").replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
    }

    /** @return null where there is nothing */
    private Object find(Spot spot) {
        Object value = models.apply(spot.model).orElse(null);
        if (spot.pointer.isEmpty()) {
            return value;
        }
        if (!spot.pointer.startsWith("/")) {
            return null;
        }
        for (String escaped : spot.pointer.substring(1).split("/", -1)) {
            String key = escaped.replace("~1", "/").replace("~0", "~");
            if (value instanceof JsonObject object) {
                value = object.get(key);
            } else if (value instanceof JsonArray array && key.matches("0|[1-9]\\d{0,5}")) {
                int index = Integer.parseInt(key);
                value = index < array.size() ? array.get(index) : null;
            } else {
                return null;
            }
        }
        return value;
    }

    private void fill(Schema schema, Spot spot, JsonObject object) {
        TreeMap<String, Keyword> demands = new TreeMap<>();
        object.forEach((name, value) -> {
            Keyword keyword = keyword(name, value, object, schema, spot.at(name));
            if (keyword != null) {
                demands.put(name, keyword);
            }
        });
        dependencies(schema, object, spot).forEach((name, keyword) -> demands.put("dependencies/" + name, keyword));
        // behind all others, as the validator that Amazon's words come from has it
        format(object, spot).ifPresent(keyword -> demands.put("~format", keyword));
        schema.demand(demands);
        members(schema, object, spot);
        items(schema, object, spot);
    }

    /** @return null for what is no demand, or is read elsewhere, or is wrong */
    private Keyword keyword(String name, Object value, JsonObject object, Schema schema, Spot spot) {
        return switch (name) {
            case "type" -> type(value, spot);
            case "enum" ->
                value instanceof JsonArray values && !values.isEmpty()
                        ? Demand.oneOfValues(values)
                        : wrong(spot, "expected a list of at least one value");
            case "minimum" ->
                number(value, spot, limit -> Demand.minimum(limit, exclusive(object, "exclusiveMinimum")));
            case "maximum" ->
                number(value, spot, limit -> Demand.maximum(limit, exclusive(object, "exclusiveMaximum")));
            case "exclusiveMinimum" -> paired(value, object, "minimum", spot);
            case "exclusiveMaximum" -> paired(value, object, "maximum", spot);
            case "multipleOf" ->
                number(
                        value,
                        spot,
                        divisor -> Canonical.decimal(divisor).signum() > 0
                                ? Demand.multipleOf(divisor)
                                : wrong(spot, "expected a number greater than 0"));
            case "minLength" -> count(value, spot, Demand::minLength);
            case "maxLength" -> count(value, spot, Demand::maxLength);
            case "pattern" -> pattern(value, spot);
            case "minItems" -> count(value, spot, Demand::minItems);
            case "maxItems" -> count(value, spot, Demand::maxItems);
            case "uniqueItems" -> flag(value, spot) ? Demand.uniqueItems() : null;
            case "additionalItems" -> furtherItems(value, object, spot);
            case "minProperties" -> count(value, spot, Demand::minProperties);
            case "maxProperties" -> count(value, spot, Demand::maxProperties);
            case "required" -> required(value, spot);
            case "additionalProperties" -> furtherMembers(value, object, spot);
            case "allOf" -> combination(Combination.ALL_OF, value, schema, spot);
            case "anyOf" -> combination(Combination.ANY_OF, value, schema, spot);
            case "oneOf" -> combination(Combination.ONE_OF, value, schema, spot);
            case "not" -> Combination.NOT.of(List.of(placed(schema, spot, value)));
            default -> null;
        };
    }

    private Keyword wrong(Spot spot, String message) {
        problem(spot, message);
        return null;
    }

    private Keyword type(Object value, Spot spot) {
        List<?> names = value instanceof JsonArray several ? several : List.of(value == null ? "null" : value);
        Set<JsonType> types = EnumSet.noneOf(JsonType.class);
        for (Object name : names) {
            Optional<JsonType> type = name instanceof String word ? JsonType.named(word) : Optional.empty();
            if (type.isEmpty() || value == null) {
                return wrong(spot, Json.write(value) + " is none of " + JsonType.words(JsonType.ALL));
            }
            types.add(type.get());
        }
        if (types.contains(JsonType.NUMBER)) {
            types.add(JsonType.INTEGER);
        }
        return types.isEmpty() ? wrong(spot, "expected at least one type") : Demand.type(types);
    }

    private Keyword number(Object value, Spot spot, Function<Number, Keyword> keyword) {
        return value instanceof Number number ? keyword.apply(number) : wrong(spot, "expected a number");
    }

    private Keyword count(Object value, Spot spot, IntFunction<Keyword> keyword) {
        return value instanceof Integer count && count >= 0
                ? keyword.apply(count)
                : wrong(spot, "expected a whole number from 0 to 2147483647");
    }

    private boolean flag(Object value, Spot spot) {
        if (!(value instanceof Boolean)) {
            problem(spot, "expected true or false");
        }
        return Boolean.TRUE.equals(value);
    }

    private static boolean exclusive(JsonObject object, String name) {
        return Boolean.TRUE.equals(object.get(name));
    }

    private Keyword paired(Object value, JsonObject object, String limit, Spot spot) {
        flag(value, spot);
        return object.containsKey(limit) ? null : wrong(spot, "is nothing without " + limit);
    }

    private Keyword pattern(Object value, Spot spot) {
        BoundedPattern pattern = value instanceof String text ? compiled(text, spot) : null;
        if (!(value instanceof String)) {
            problem(spot, "expected a regular expression");
        }
        return pattern == null ? null : Demand.pattern(pattern);
    }

    private BoundedPattern compiled(String expression, Spot spot) {
        try {
            return BoundedPattern.ecma(expression);
        } catch (IllegalArgumentException e) {
            problem(spot, e.getMessage());
            return null;
        }
    }

    private Keyword required(Object value, Spot spot) {
        List<String> names = new ArrayList<>();
        if (!(value instanceof JsonArray array) || !array.stream().allMatch(String.class::isInstance)) {
            return wrong(spot, "expected a list of names");
        }
        array.forEach(name -> names.add((String) name));
        return names.isEmpty() ? null : Demand.required(names);
    }

    private Optional<Keyword> format(JsonObject object, Spot spot) {
        Object value = object.get("format");
        if (value != null && !(value instanceof String)) {
            problem(spot.at("format"), "expected the name of a format");
        }
        return value instanceof String name ? Optional.ofNullable(Formats.named(name)) : Optional.empty();
    }

    private Keyword combination(Combination kind, Object value, Schema schema, Spot spot) {
        if (!(value instanceof JsonArray array) || array.isEmpty()) {
            return wrong(spot, "expected a list of at least one schema");
        }
        List<Schema> schemas = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            schemas.add(placed(schema, spot.at(Integer.toString(i)), array.get(i)));
        }
        return kind.of(schemas);
    }

    /** A schema for the same value as the one it stands in. */
    private Schema placed(Schema around, Spot spot, Object tree) {
        Schema schema = schema(spot, tree);
        inPlace.add(around, schema);
        return schema;
    }

    private Map<String, Keyword> dependencies(Schema schema, JsonObject object, Spot around) {
        Map<String, Keyword> keywords = new LinkedHashMap<>();
        if (object.containsKey("dependencies")) {
            Spot spot = around.at("dependencies");
            object(object, "dependencies", around).forEach((member, value) -> {
                if (value instanceof JsonArray names && names.stream().allMatch(String.class::isInstance)) {
                    Set<String> wanted = new HashSet<>();
                    names.forEach(name -> wanted.add((String) name));
                    keywords.put(member, Demand.dependency(member, wanted));
                } else {
                    keywords.put(member, new SchemaDependency(member, placed(schema, spot.at(member), value)));
                }
            });
        }
        return keywords;
    }

    private Keyword furtherMembers(Object value, JsonObject object, Spot spot) {
        if (!(value instanceof Boolean) && !(value instanceof JsonObject)) {
            return wrong(spot, "expected true, false or a schema");
        }
        if (!Boolean.FALSE.equals(value)) {
            return null;
        }
        Set<String> named =
                object.get("properties") instanceof JsonObject members ? Set.copyOf(members.keySet()) : Set.of();
        List<BoundedPattern> matching = new ArrayList<>();
        if (object.get("patternProperties") instanceof JsonObject members) {
            for (String expression : members.keySet()) {
                try {
                    matching.add(BoundedPattern.ecma(expression));
                } catch (IllegalArgumentException e) {
                    // noted where the members are read
                    return IMPOSSIBLE;
                }
            }
        }
        return Demand.noFurtherMembers(named, matching);
    }

    private Keyword furtherItems(Object value, JsonObject object, Spot spot) {
        if (!(value instanceof Boolean) && !(value instanceof JsonObject)) {
            return wrong(spot, "expected true, false or a schema");
        }
        return Boolean.FALSE.equals(value) && object.get("items") instanceof JsonArray first
                ? Demand.noFurtherItems(first.size())
                : null;
    }

    private void members(Schema schema, JsonObject object, Spot around) {
        Map<String, Schema> named = new HashMap<>();
        object(object, "properties", around)
                .forEach((name, value) ->
                        named.put(name, schema(around.at("properties").at(name), value)));
        Map<String, PatternProperty> matching = new TreeMap<>();
        object(object, "patternProperties", around).forEach((expression, value) -> {
            Spot spot = around.at("patternProperties").at(expression);
            BoundedPattern pattern = compiled(expression, spot);
            if (pattern != null) {
                matching.put(expression, new PatternProperty(pattern, schema(spot, value)));
            }
        });
        Schema further = object.get("additionalProperties") instanceof JsonObject
                ? schema(around.at("additionalProperties"), object.get("additionalProperties"))
                : null;
        schema.members(named, matching, further);
        object(object, "definitions", around)
                .forEach((name, value) -> schema(around.at("definitions").at(name), value));
    }

    private void items(Schema schema, JsonObject object, Spot around) {
        Spot spot = around.at("items");
        if (object.get("items") instanceof JsonArray first) {
            List<Schema> schemas = new ArrayList<>();
            for (int i = 0; i < first.size(); i++) {
                schemas.add(schema(spot.at(Integer.toString(i)), first.get(i)));
            }
            Schema further = object.get("additionalItems") instanceof JsonObject
                    ? schema(around.at("additionalItems"), object.get("additionalItems"))
                    : null;
            schema.items(schemas, further);
        } else if (object.containsKey("items")) {
            schema.items(schema(spot, object.get("items")));
        }
    }

    private JsonObject object(JsonObject object, String name, Spot around) {
        Object value = object.get(name);
        if (value instanceof JsonObject members) {
            return members;
        }
        if (object.containsKey(name)) {
            problem(around.at(name), "expected an object");
        }
        return new JsonObject();
    }
}
