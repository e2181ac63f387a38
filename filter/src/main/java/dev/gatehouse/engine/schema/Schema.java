package dev.gatehouse.engine.schema;

import dev.gatehouse.engine.pattern.BoundedPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A schema, compiled: what it demands of a value itself, and of the members or items within. Built while models are read, as
 * schemas refer to each other in circles; never changed after.
 */
final class Schema {

    private static final Keyword[] NONE = {};

    /** More keywords for one value cost extra: {@code dependencies} may have thousands. */
    private static final int USUAL_DEMANDS = 16;

    /** By {@link JsonType#ordinal}, each in the order of their names, which is the order of Amazon's messages. */
    private Keyword[][] keywords = {};

    private Map<String, Schema> properties = Map.of();
    private Map<String, PatternProperty> patternProperties = Map.of();
    private Schema additionalProperties;
    private Schema everyItem;
    private List<Schema> firstItems = List.of();
    private Schema furtherItems;
    private boolean looksInside;

    /** Another schema for the members whose name a pattern finds something in. */
    record PatternProperty(BoundedPattern name, Schema schema) {}

    /** @param byName demands by the name of the keyword */
    void demand(TreeMap<String, Keyword> byName) {
        keywords = new Keyword[JsonType.values().length][];
        for (JsonType type : JsonType.values()) {
            keywords[type.ordinal()] = byName.values().stream()
                    .filter(keyword -> keyword.types().contains(type))
                    .toList()
                    .toArray(NONE);
        }
    }

    /** @param additional null where any member may be */
    void members(Map<String, Schema> named, Map<String, PatternProperty> matching, Schema additional) {
        properties = named;
        patternProperties = matching;
        additionalProperties = additional;
        looksInside |= !named.isEmpty() || !matching.isEmpty() || additional != null;
    }

    /** One schema for all; null where any item may be. */
    void items(Schema every) {
        everyItem = every;
        looksInside |= every != null;
    }

    /** A schema for each of the first items, and one for what follows; null where that may be anything. */
    void items(List<Schema> first, Schema further) {
        firstItems = first;
        furtherItems = further;
        looksInside = true;
    }

    /**
     * @return whether the value satisfies this schema. Unless the check is quiet, it has been told what does not; members are
     *     looked at only while everything around them is right
     */
    boolean check(Object value, Check check) {
        check.step();
        boolean right = true;
        Keyword[] demands = keywords[JsonType.of(value).ordinal()];
        check.steps(demands.length / USUAL_DEMANDS);
        for (Keyword keyword : demands) {
            if (!keyword.holds(value, check)) {
                if (check.quiet()) {
                    return false;
                }
                check.tell(keyword, value);
                right = false;
            }
        }
        boolean enter = looksInside && right && (check.quiet() || !check.failed());
        if (enter && value instanceof Map<?, ?> object) {
            return checkMembers(object, check);
        }
        return enter && value instanceof List<?> array ? checkItems(array, check) : right;
    }

    private boolean checkMembers(Map<?, ?> object, Check check) {
        boolean right = true;
        // messages come in the order of the names; where nobody listens any order will do
        Iterable<?> names = check.quiet() || object.size() < 2 ? object.keySet() : sorted(object);
        for (Object name : names) {
            if (!checkMember((String) name, object.get(name), check)) {
                if (check.quiet()) {
                    return false;
                }
                right = false;
            }
        }
        return right;
    }

    private static List<Object> sorted(Map<?, ?> object) {
        List<Object> names = new ArrayList<>(object.keySet());
        names.sort(null);
        return names;
    }

    private boolean checkMember(String name, Object value, Check check) {
        Schema named = properties.get(name);
        boolean known = named != null;
        boolean right = named == null || named.check(value, check);
        for (PatternProperty property : patternProperties.values()) {
            check.step();
            if (property.name.find(name, check.looks())) {
                known = true;
                right &= property.schema.check(value, check);
            }
        }
        return known || additionalProperties == null ? right : additionalProperties.check(value, check);
    }

    private boolean checkItems(List<?> array, Check check) {
        boolean right = true;
        int index = 0;
        for (Object item : array) {
            Schema schema =
                    everyItem != null ? everyItem : index < firstItems.size() ? firstItems.get(index) : furtherItems;
            index++;
            if (schema != null && !schema.check(item, check)) {
                if (check.quiet()) {
                    return false;
                }
                right = false;
            }
        }
        return right;
    }
}
