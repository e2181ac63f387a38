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

    /** Digits that fit into a long. */
    private static final int LONG_DIGITS = 18;

    private Canonical() {}

    /** A text that tells the value from all others. */
    static String form(Object value) {
        if (value instanceof String text) {
            return '"' + text;
        }
        return value instanceof Number number ? normal(number).toString() : Json.write(plain(value));
    }

    /** Without zeros at the end, however it was written: {@code 100} is {@code 1E+2}, and {@code 1e1000} stays short. */
    private static Number normal(Number number) {
        boolean small = number instanceof Integer || number instanceof Long;
        return small && number.longValue() % 10 != 0 ? number : stripped(decimal(number));
    }

    private static BigDecimal stripped(BigDecimal number) {
        if (number.signum() == 0 || number.precision() <= LONG_DIGITS) {
            return number.stripTrailingZeros();
        }
        // Java would divide by ten once for each zero
        String digits = number.unscaledValue().toString();
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return new BigDecimal(new BigInteger(digits.substring(0, end)), number.scale() - (digits.length() - end));
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
