package dev.gatehouse.engine.template;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The members of maps and lists. What Java answers with a live view is a copy here, except an iterator. */
final class CollectionMembers {

    private CollectionMembers() {}

    static Object property(Map<?, ?> map, String name) {
        Object value = map.get(name);
        // As Velocity: a member wins over what Java calls a property.
        return value == null && name.equals("empty") && !map.containsKey(name) ? (Object) map.isEmpty() : value;
    }

    static Object call(Map<?, ?> map, String name, Object[] arguments, Budget budget) {
        return switch (arguments.length) {
            case 0 -> call(map, name, budget);
            case 1 -> call(map, name, arguments[0], budget);
            case 2 -> call(writable(map), name, Text.of(arguments[0]), arguments[1]);
            default -> null;
        };
    }

    private static Object call(Map<?, ?> map, String name, Budget budget) {
        switch (name) {
            case "size" -> {
                return map.size();
            }
            case "isEmpty" -> {
                return map.isEmpty();
            }
            case "keySet" -> {
                return copied(map.keySet(), budget);
            }
            case "values" -> {
                return copied(map.values(), budget);
            }
            case "entrySet" -> {
                return copied(map.entrySet(), budget);
            }
            case "toString" -> {
                return written(map, budget);
            }
            case "clear" -> {
                map.clear();
                return null;
            }
            default -> {
                return null;
            }
        }
    }

    private static Object call(Map<?, ?> map, String name, Object argument, Budget budget) {
        switch (name) {
            case "get" -> {
                return map.get(Text.of(argument));
            }
            case "containsKey" -> {
                return map.containsKey(Text.of(argument));
            }
            case "containsValue" -> {
                return indexOf(copied(map.values(), budget), argument, budget) >= 0;
            }
            case "remove" -> {
                return map.remove(Text.of(argument));
            }
            case "equals" -> {
                return Text.same(map, argument);
            }
            case "putAll" -> {
                if (argument instanceof Map<?, ?> more) {
                    budget.items(more.size());
                    new TemplateMap(more).forEach(writable(map)::put);
                }
                return null;
            }
            default -> {
                return null;
            }
        }
    }

    private static Object call(Map<String, Object> map, String name, String key, Object value) {
        return switch (name) {
            case "put" -> map.put(key, value);
            case "putIfAbsent" -> map.putIfAbsent(key, value);
            case "getOrDefault" -> map.getOrDefault(key, value);
            case "replace" -> map.replace(key, value);
            default -> null;
        };
    }

    static Object call(List<?> list, String name, Object[] arguments, Budget budget) {
        return switch (arguments.length) {
            case 0 -> call(list, name, budget);
            case 1 -> call(list, name, arguments[0], budget);
            case 2 -> call(writable(list), name, arguments[0], arguments[1], budget);
            default -> null;
        };
    }

    private static Object call(List<?> list, String name, Budget budget) {
        switch (name) {
            case "size" -> {
                return list.size();
            }
            case "isEmpty" -> {
                return list.isEmpty();
            }
            case "iterator" -> {
                return list.iterator();
            }
            case "toString" -> {
                return written(list, budget);
            }
            case "clear" -> {
                list.clear();
                return null;
            }
            default -> {
                return null;
            }
        }
    }

    private static Object call(List<?> list, String name, Object argument, Budget budget) {
        return switch (name) {
            case "get" -> argument instanceof Number index ? list.get(index.intValue()) : null;
            case "add" -> writable(list).add(argument);
            case "addAll" ->
                argument instanceof Collection<?> more && writable(list).addAll(copied(more, budget));
            case "contains" -> indexOf(list, argument, budget) >= 0;
            case "containsAll" ->
                argument instanceof Collection<?> wanted
                        && wanted.stream().allMatch(item -> indexOf(list, item, budget) >= 0);
            case "indexOf" -> indexOf(list, argument, budget);
            case "lastIndexOf" -> lastIndexOf(list, argument, budget);
            case "remove" -> remove(list, argument, budget);
            case "removeAll" -> argument instanceof Collection<?> unwanted && removeAll(list, unwanted, budget);
            case "equals" -> Text.same(list, argument);
            default -> null;
        };
    }

    private static boolean removeAll(List<?> list, Collection<?> unwanted, Budget budget) {
        List<?> items = copied(unwanted, budget);
        return list.removeIf(item -> indexOf(items, item, budget) >= 0);
    }

    private static TemplateList copied(Collection<?> items, Budget budget) {
        budget.items(items.size());
        return new TemplateList(items);
    }

    private static String written(Object collection, Budget budget) {
        String text = Text.of(collection);
        budget.characters(text.length());
        return text;
    }

    private static Object call(List<Object> list, String name, Object first, Object second, Budget budget) {
        if (!(first instanceof Number index)) {
            return null;
        }
        switch (name) {
            case "set" -> {
                return list.set(index.intValue(), second);
            }
            case "add" -> {
                list.add(index.intValue(), second);
                return null;
            }
            case "subList" -> {
                return second instanceof Number end
                        ? copied(list.subList(index.intValue(), end.intValue()), budget)
                        : null;
            }
            default -> {
                return null;
            }
        }
    }

    /** A number is an index, as in Java when called with an int. */
    private static Object remove(List<?> list, Object argument, Budget budget) {
        if (argument instanceof Number index) {
            return list.remove(index.intValue());
        }
        int at = indexOf(list, argument, budget);
        if (at >= 0) {
            list.remove(at);
        }
        return at >= 0;
    }

    private static int indexOf(List<?> list, Object wanted, Budget budget) {
        for (int i = 0; i < list.size(); i++) {
            budget.tick();
            if (Text.same(list.get(i), wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static int lastIndexOf(List<?> list, Object wanted, Budget budget) {
        for (int i = list.size() - 1; i >= 0; i--) {
            budget.tick();
            if (Text.same(list.get(i), wanted)) {
                return i;
            }
        }
        return -1;
    }

    /** All maps that templates see have string keys and take any value, or none at all. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> writable(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    @SuppressWarnings("unchecked")
    static List<Object> writable(List<?> list) {
        return (List<Object>) list;
    }
}
