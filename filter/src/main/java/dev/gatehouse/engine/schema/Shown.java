package dev.gatehouse.engine.schema;

import dev.gatehouse.engine.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values in messages: as JSON, numbers without superfluous zeros, and cut where a caller sends megabytes. */
final class Shown {

    private static final int LONGEST = 1_000;

    private Shown() {}

    static String json(Object value) {
        return cut(Json.write(bare(value)));
    }

    /** Not escaped, as Amazon's messages have it. */
    static String text(Object value) {
        return cut(value.toString());
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }

    private static Object bare(Object value) {
        if (value instanceof Map<?, ?> object) {
            Map<String, Object> members = new LinkedHashMap<>();
            object.forEach((name, member) -> members.put(String.valueOf(name), bare(member)));
            return members;
        }
        if (value instanceof Iterable<?> array) {
            List<Object> items = new ArrayList<>();
            array.forEach(item -> items.add(bare(item)));
            return items;
        }
        return value instanceof BigDecimal decimal
                ? decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros()
                : value;
    }
}
