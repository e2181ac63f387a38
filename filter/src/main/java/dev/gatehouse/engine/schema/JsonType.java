package dev.gatehouse.engine.schema;

import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a value is. A number with a fraction or an exponent is no integer, even if the fraction is zero: draft 4. */
enum JsonType {
    ARRAY,
    BOOLEAN,
    INTEGER,
    NULL,
    NUMBER,
    OBJECT,
    STRING;

    static final Set<JsonType> ALL = EnumSet.allOf(JsonType.class);
    static final Set<JsonType> NUMERIC = EnumSet.of(INTEGER, NUMBER);

    static JsonType of(Object value) {
        if (value instanceof String) {
            return STRING;
        }
        if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
            return INTEGER;
        }
        if (value instanceof Map) {
            return OBJECT;
        }
        if (value instanceof Iterable) {
            return ARRAY;
        }
        if (value == null) {
            return NULL;
        }
        return value instanceof Boolean ? BOOLEAN : NUMBER;
    }

    static Optional<JsonType> named(String word) {
        return ALL.stream().filter(type -> type.word().equals(word)).findFirst();
    }

    /** {@code integer}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code ["integer","number"]}. */
    static String words(Set<JsonType> types) {
        return types.stream().map(type -> '"' + type.word() + '"').collect(Collectors.joining(",", "[", "]"));
    }
}
