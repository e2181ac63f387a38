package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.definition.DocumentationPartType;
import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.IntegrationType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The members of a JSON object that a caller sent. A wrong JSON type is refused at once; a value that the service model does not
 * allow is remembered with all others, and {@link Call} refuses them together before an operation touches the store. So it does with
 * members that nobody has asked for by then: what would have no effect is not taken.
 */
final class Members {

    /** Where Amazon prints the values of an enum in another order than ours. */
    private static final Map<Class<?>, String> ORDER = Map.of(
            EndpointType.class, "[PRIVATE, EDGE, REGIONAL]",
            IntegrationType.class, "[HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]",
            DocumentationPartType.class,
                    "[RESPONSE_BODY, RESPONSE, METHOD, MODEL, AUTHORIZER, RESPONSE_HEADER, RESOURCE, PATH_PARAMETER,"
                            + " REQUEST_BODY, QUERY_PARAMETER, API, REQUEST_HEADER]");

    private static final List<String> PATCH_OPS = List.of("add", "remove", "move", "test", "replace", "copy");

    private final JsonNode object;
    private final String path;
    private final List<String> violations;
    private final Set<String> asked = new HashSet<>();
    private final List<Members> nested = new ArrayList<>();

    /** @param path how messages call the object, such as {@code createRestApiInput} */
    Members(JsonNode object, String path, List<String> violations) {
        this.object = object;
        this.path = path;
        this.violations = violations;
    }

    /** Where members are that no operation knows, such as {@code createRestApiInput.colour}; without those that are null. */
    Stream<String> unknown() {
        Stream<String> own = object.properties().stream()
                .filter(member -> !member.getValue().isNull() && !asked.contains(member.getKey()))
                .map(member -> path + "." + member.getKey());
        return Stream.concat(own, nested.stream().flatMap(Members::unknown));
    }

    private JsonNode get(String name) {
        asked.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    boolean has(String name) {
        return get(name) != null;
    }

    /** @return null where it is absent, as by all methods here that return an object */
    String string(String name) {
        JsonNode value = get(name);
        return value == null ? null : string(value);
    }

    /** A string that must be there, though it may be empty. */
    String required(String name) {
        String value = string(name);
        if (value == null) {
            violations.add(
                    "Value null at '" + path + "." + name + "' failed to satisfy constraint: Member must not be null");
        }
        return value;
    }

    Boolean bool(String name) {
        JsonNode value = get(name);
        return value == null ? null : bool(value);
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(bool(name));
    }

    Integer integer(String name) {
        JsonNode value = get(name);
        if (value != null && !value.isNumber()) {
            throw inconvertible(value, "Integer");
        }
        if (value != null && !value.canConvertToInt()) {
            // cut off it would mean another number: 4294967301 would be 5
            throw ControlError.serialization(value.asText() + " can not be converted to an Integer");
        }
        return value == null ? null : value.intValue();
    }

    Double number(String name) {
        JsonNode value = get(name);
        if (value != null && !value.isNumber()) {
            throw inconvertible(value, "Double");
        }
        return value == null ? null : value.doubleValue();
    }

    <E extends Enum<E>> E enumeration(String name, Class<E> type) {
        String text = string(name);
        if (text == null) {
            return null;
        }
        E value = constant(type, text);
        if (value == null) {
            violations.add("Value '" + text + "' at '" + path + "." + name + "' failed to satisfy constraint: "
                    + memberOf(type));
        }
        return value;
    }

    /** An enum value that must be there. */
    <E extends Enum<E>> E requiredEnumeration(String name, Class<E> type) {
        return required(name) == null ? null : enumeration(name, type);
    }

    <E extends Enum<E>> List<E> enumerations(String name, Class<E> type) {
        List<String> texts = strings(name);
        if (texts == null) {
            return null;
        }
        List<E> values = texts.stream().map(text -> constant(type, text)).toList();
        if (values.stream().anyMatch(Objects::isNull)) {
            violations.add("Value '[" + String.join(", ", texts) + "]' at '" + path + "." + name
                    + "' failed to satisfy constraint: Member must satisfy constraint: [" + memberOf(type) + "]");
        }
        return values;
    }

    List<String> strings(String name) {
        JsonNode value = get(name);
        return value == null ? null : strings(value);
    }

    private static List<String> strings(JsonNode value) {
        if (!value.isArray()) {
            throw ControlError.serialization("Expected list or null");
        }
        List<String> values = new ArrayList<>();
        value.forEach(element -> values.add(string(element)));
        return values;
    }

    /** A list that must be there, though it may be empty. */
    List<String> requiredStrings(String name) {
        List<String> values = strings(name);
        if (values == null) {
            violations.add(
                    "Value null at '" + path + "." + name + "' failed to satisfy constraint: Member must not be null");
        }
        return values;
    }

    /** Values may be null. */
    Map<String, String> stringMap(String name) {
        return map(name, value -> value.isNull() ? null : string(value));
    }

    Map<String, List<String>> stringsMap(String name) {
        return map(name, value -> value.isNull() ? List.of() : strings(value));
    }

    Map<String, Boolean> booleanMap(String name) {
        return map(name, value -> value.isNull() ? Boolean.FALSE : bool(value));
    }

    private <T> Map<String, T> map(String name, Function<JsonNode, T> convert) {
        JsonNode value = get(name);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            throw ControlError.serialization("Expected map or null");
        }
        Map<String, T> values = new LinkedHashMap<>();
        value.properties().forEach(entry -> values.put(entry.getKey(), convert.apply(entry.getValue())));
        return values;
    }

    Members object(String name) {
        JsonNode value = get(name);
        return value == null ? null : nested(value, path + "." + name);
    }

    /** An object that must be there. */
    Members requiredObject(String name) {
        Members value = object(name);
        if (value == null) {
            violations.add(
                    "Value null at '" + path + "." + name + "' failed to satisfy constraint: Member must not be null");
        }
        return value;
    }

    /** Each value of a map whose values are objects. */
    Map<String, Members> objectMap(String name) {
        return map(name, Function.identity()) == null ? null : nestedMap(name);
    }

    private Map<String, Members> nestedMap(String name) {
        Map<String, Members> values = new LinkedHashMap<>();
        get(name)
                .properties()
                .forEach(entry -> values.put(
                        entry.getKey(),
                        nested(entry.getValue(), path + "." + name + "." + entry.getKey() + ".member")));
        return values;
    }

    List<Members> objects(String name) {
        JsonNode value = get(name);
        if (value == null) {
            return null;
        }
        if (!value.isArray()) {
            throw ControlError.serialization("Expected list or null");
        }
        List<Members> values = new ArrayList<>();
        for (JsonNode element : value) {
            values.add(nested(element, path + "." + name + "." + (values.size() + 1) + ".member"));
        }
        return values;
    }

    /** The {@code patchOperations} of an update. */
    List<PatchOperation> patchOperations() {
        List<Members> operations = objects("patchOperations");
        return operations == null
                ? List.of()
                : operations.stream().map(Members::patchOperation).toList();
    }

    private PatchOperation patchOperation() {
        String op = required("op");
        if (op != null && !PATCH_OPS.contains(op)) {
            violations.add("Value '" + op + "' at '" + path + ".op' failed to satisfy constraint: "
                    + "Member must satisfy enum value set: " + PATCH_OPS);
        }
        return new PatchOperation(op, string("path"), string("value"), string("from"), List.of());
    }

    private Members nested(JsonNode value, String name) {
        if (!value.isObject()) {
            throw ControlError.serialization("Expected structure or null");
        }
        Members members = new Members(value, name, violations);
        nested.add(members);
        return members;
    }

    private static String string(JsonNode value) {
        if (!value.isTextual()) {
            throw inconvertible(value, "String");
        }
        return value.textValue();
    }

    private static boolean bool(JsonNode value) {
        if (!value.isBoolean()) {
            throw inconvertible(value, "Boolean");
        }
        return value.booleanValue();
    }

    /** The words are recorded, the article included; that lists and objects have others is reported. */
    private static ControlError inconvertible(JsonNode value, String wanted) {
        if (value.isObject()) {
            return ControlError.serialization("Start of structure or map found where not expected.");
        }
        if (value.isArray()) {
            return ControlError.serialization("Start of list found where not expected");
        }
        String type = value.isBoolean()
                ? "java.lang.Boolean"
                : value.isNumber() ? "com.amazon.coral.value.json.numbers.TruncatingBigNumber" : "java.lang.String";
        return ControlError.serialization("class " + type + " can not be converted to an " + wanted);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.toString().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The constraint that an enum is, as Amazon prints it. */
    static String memberOf(Class<? extends Enum<?>> type) {
        String values = ORDER.containsKey(type)
                ? ORDER.get(type)
                : Arrays.stream(type.getEnumConstants())
                        .map(Object::toString)
                        .collect(Collectors.joining(", ", "[", "]"));
        return "Member must satisfy enum value set: " + values;
    }
}
