package dev.gatehouse.engine.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code $.a.b[0]['c']}: names and indexes only. Nearly every path in a mapping template is of this kind, and walking a few
 * maps needs none of Jayway's machinery. Says the same as Jayway, which a test makes sure of.
 */
final class DefinitePath extends JsonQuery {

    private static final Pattern STEP =
            Pattern.compile("\\.([\\w-]+)|\\['([^'\\\\,]*)'\\]|\\[\"([^\"\\\\,]*)\"\\]|\\[(-?\\d{1,9})\\]");

    /** Strings are names, Integers are indexes. */
    private final Object[] steps;

    private DefinitePath(String path, Object[] steps) {
        super(path);
        this.steps = steps;
    }

    /** @return null where the path needs more than names and indexes */
    static DefinitePath parse(String path) {
        if (path.isEmpty() || path.charAt(0) != '$') {
            return null;
        }
        List<Object> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        int at = 1;
        while (at < path.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                return null;
            }
            steps.add(step(matcher));
            at = matcher.end();
        }
        return new DefinitePath(path, steps.toArray());
    }

    private static Object step(Matcher matcher) {
        if (matcher.group(4) != null) {
            return Integer.valueOf(matcher.group(4));
        }
        for (int group = 1; group <= 2; group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return matcher.group(3);
    }

    @Override
    public Object read(Object root, Runnable look) {
        Object value = root;
        for (Object step : steps) {
            if (step instanceof String name) {
                if (!(value instanceof Map<?, ?> map)) {
                    return MISSING;
                }
                value = map.get(name);
                if (value == null && !map.containsKey(name)) {
                    return MISSING;
                }
            } else {
                if (!(value instanceof List<?> list)) {
                    return MISSING;
                }
                int index = (Integer) step < 0 ? list.size() + (Integer) step : (Integer) step;
                if (index < 0 || index >= list.size()) {
                    return MISSING;
                }
                value = list.get(index);
            }
        }
        return value;
    }
}
