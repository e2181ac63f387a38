package dev.gatehouse.engine.template;

import dev.gatehouse.engine.json.Json;
import dev.gatehouse.engine.json.JsonArray;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/**
 * The string forms of values, and their comparison. Templates can build structures that contain themselves, or the same part a
 * billion times; here is where this ends.
 */
final class Text {

    private static final int MAX_DEPTH = 1_000;
    private static final int MAX_STEPS = 2_000_000;
    private static final int MAX_LENGTH = 16 * 1024 * 1024;

    private final StringBuilder out = new StringBuilder(64);
    private int steps;

    private Text() {}

    static boolean isCollection(Object value) {
        return value instanceof Map || value instanceof Collection;
    }

    /** Null is empty. */
    static String of(Object value) {
        if (value instanceof String string) {
            return string;
        }
        if (value == null) {
            return "";
        }
        if (!isCollection(value)) {
            return String.valueOf(value.toString());
        }
        Text text = new Text();
        text.append(value, 0);
        return text.out.toString();
    }

    private void append(Object value, int depth) {
        step(depth);
        if (value instanceof SilentMap) {
            return;
        }
        if (value instanceof JsonArray) {
            out.append(Json.write(value));
        } else if (value instanceof Map<?, ?> map) {
            appendMap(map, depth);
        } else if (value instanceof Collection<?> items) {
            appendItems(items, depth);
        } else {
            out.append(value);
        }
    }

    private void appendMap(Map<?, ?> map, int depth) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> member : map.entrySet()) {
            out.append(separator).append(member.getKey()).append('=');
            append(member.getValue(), depth + 1);
            separator = ", ";
        }
        out.append('}');
    }

    private void appendItems(Collection<?> items, int depth) {
        out.append('[');
        String separator = "";
        for (Object item : items) {
            out.append(separator);
            append(item, depth + 1);
            separator = ", ";
        }
        out.append(']');
    }

    private void step(int depth) {
        if (depth > MAX_DEPTH) {
            throw Failure.of("values nested deeper than " + MAX_DEPTH);
        }
        if (++steps > MAX_STEPS || out.length() > MAX_LENGTH) {
            throw Failure.of("a value too large to print or compare");
        }
    }

    /** Collections by their parts; everything else by its class's own idea. */
    static boolean same(Object left, Object right) {
        return new Text().equal(left, right, 0);
    }

    private boolean equal(Object left, Object right, int depth) {
        step(depth);
        if (left == right) {
            return true;
        }
        if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            return equalMaps(a, b, depth);
        }
        if (left instanceof Collection<?> a && right instanceof Collection<?> b) {
            return equalItems(a, b, depth);
        }
        return left != null && !isCollection(left) && !isCollection(right) && left.equals(right);
    }

    private boolean equalMaps(Map<?, ?> a, Map<?, ?> b, int depth) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<?, ?> member : a.entrySet()) {
            if (!b.containsKey(member.getKey()) || !equal(member.getValue(), b.get(member.getKey()), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean equalItems(Collection<?> a, Collection<?> b, int depth) {
        if (a.size() != b.size()) {
            return false;
        }
        Iterator<?> other = b.iterator();
        for (Object item : a) {
            if (!equal(item, other.next(), depth + 1)) {
                return false;
            }
        }
        return true;
    }
}
