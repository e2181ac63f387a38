package dev.gatehouse.engine.schema;

import dev.gatehouse.engine.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values as JSON Schema compares them: numbers by their value, objects without order. Equal values have the same form, and
 * forms compare fast also where somebody chose them to collide.
 */
final class Canonical {

    private Canonical() {}

    /** A text that tells the value from all others. */
    static String form(Object value) {
        if (value instanceof String text) {
            return '"' + text;
        }
        return value instanceof Number number ? normal(number).toString() : Json.write(plain(value));
    }

    /** Whole numbers as such, however they were written; {@link dev.gatehouse.engine.json.JsonLimits} bound their length. */
    private static Number normal(Number number) {
        if (!(number instanceof BigDecimal decimal)) {
            return number;
        }
        BigDecimal stripped = decimal.stripTrailingZeros();
        return stripped.scale() <= 0 ? stripped.toBigInteger() : stripped;
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> object) {
            Map<String, Object> sorted = new TreeMap<>();
            object.forEach((name, member) -> sorted.put(String.valueOf(name), plain(member)));
            return sorted;
        }
        if (value instanceof Iterable<?> array) {
            List<Object> items = new ArrayList<>();
            array.forEach(item -> items.add(plain(item)));
            return items;
        }
        return value instanceof Number number ? normal(number) : value;
    }

    static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        return number instanceof BigInteger big ? new BigDecimal(big) : BigDecimal.valueOf(number.longValue());
    }
}
