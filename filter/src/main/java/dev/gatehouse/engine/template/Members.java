package dev.gatehouse.engine.template;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.velocity.runtime.directive.ForeachScope;
import org.apache.velocity.runtime.directive.Scope;

/**
 * Everything a template can ask of a value, written out: what is not here does not exist, and nothing is found by reflection.
 * Answers null where there is no such member or it has no value; in a template the two look the same.
 */
final class Members {

    private Members() {}

    /** {@code $target.name(arguments)} */
    static Object call(Object target, String name, Object[] arguments, RenderScope scope) {
        if (target instanceof String text) {
            scope.budget().read(text.length());
            return StringMembers.call(text, name, arguments, scope.budget());
        }
        if (target instanceof InputTool input) {
            return callInput(input, name, arguments);
        }
        if (target instanceof UtilTool) {
            return callUtil(name, arguments, scope.budget());
        }
        if (target instanceof Scope loop) {
            return arguments.length == 0 ? loopMember(loop, name) : null;
        }
        if (target instanceof Map<?, ?> map) {
            return CollectionMembers.call(map, name, arguments, scope.budget());
        }
        if (target instanceof List<?> list) {
            return CollectionMembers.call(list, name, arguments, scope.budget());
        }
        if (target instanceof Map.Entry<?, ?> entry) {
            return arguments.length == 0 ? entryMember(entry, name) : null;
        }
        if (target instanceof Iterator<?> iterator) {
            return callIterator(iterator, name, arguments);
        }
        if (target instanceof Number || target instanceof Boolean) {
            return ScalarMembers.call(target, name, arguments);
        }
        return name.equals("toString") && arguments.length == 0 ? Text.of(target) : null;
    }

    /** {@code $target.name} */
    static Object property(Object target, String name) {
        if (target instanceof Scope loop) {
            return loopMember(loop, name);
        }
        if (target instanceof Map<?, ?> map) {
            return CollectionMembers.property(map, name);
        }
        if (target instanceof InputTool input) {
            return name.equals("body") ? input.body() : null;
        }
        if (target instanceof Map.Entry<?, ?> entry) {
            return entryMember(entry, name);
        }
        if (name.equals("empty")) {
            return target instanceof List<?> list
                    ? (Object) list.isEmpty()
                    : target instanceof String text ? text.isEmpty() : null;
        }
        return null;
    }

    /** {@code $target[index]}; as in Java an index beyond the end of a list is an error. */
    static Object element(Object target, Object index) {
        if (target instanceof Map<?, ?> map) {
            return map.get(Text.of(index));
        }
        if (target instanceof List<?> list && index instanceof Number number) {
            int at = number.intValue();
            return list.get(at < 0 ? list.size() + at : at);
        }
        return null;
    }

    private static Object callInput(InputTool input, String name, Object[] arguments) {
        if (arguments.length == 1) {
            String argument = Text.of(arguments[0]);
            return switch (name) {
                case "path" -> input.path(argument);
                case "json" -> input.json(argument);
                case "params" -> input.parameter(argument);
                default -> null;
            };
        }
        if (arguments.length > 1) {
            return null;
        }
        return switch (name) {
            case "params" -> input.parameters();
            case "body", "getBody" -> input.body();
            default -> null;
        };
    }

    private static Object callUtil(String name, Object[] arguments, Budget budget) {
        if (arguments.length != 1) {
            return null;
        }
        String argument = Text.of(arguments[0]);
        budget.read(argument.length());
        Object made = callUtil(name, argument);
        if (made instanceof String text) {
            budget.characters(text.length());
        }
        return made;
    }

    private static Object callUtil(String name, String argument) {
        return switch (name) {
            case "escapeJavaScript" -> UtilTool.escapeJavaScript(argument);
            case "parseJson" -> UtilTool.parseJson(argument);
            case "urlEncode" -> UtilTool.urlEncode(argument);
            case "urlDecode" -> UtilTool.urlDecode(argument);
            case "base64Encode" -> UtilTool.base64Encode(argument);
            case "base64Decode" -> UtilTool.base64Decode(argument);
            default -> null;
        };
    }

    private static Object loopMember(Scope scope, String name) {
        switch (name) {
            case "parent", "getParent" -> {
                return scope.getParent();
            }
            case "topmost", "getTopmost" -> {
                return scope.getTopmost();
            }
            default -> {
                return scope instanceof ForeachScope loop ? foreachMember(loop, name) : null;
            }
        }
    }

    private static Object foreachMember(ForeachScope loop, String name) {
        return switch (name) {
            case "index", "getIndex" -> loop.getIndex();
            case "count", "getCount" -> loop.getCount();
            case "hasNext", "getHasNext" -> loop.hasNext();
            case "first", "isFirst", "getFirst" -> loop.isFirst();
            case "last", "isLast", "getLast" -> loop.isLast();
            default -> null;
        };
    }

    private static Object entryMember(Map.Entry<?, ?> entry, String name) {
        return switch (name) {
            case "key", "getKey" -> entry.getKey();
            case "value", "getValue" -> entry.getValue();
            case "toString" -> Text.of(entry.getKey()) + "=" + Text.of(entry.getValue());
            default -> null;
        };
    }

    private static Object callIterator(Iterator<?> iterator, String name, Object[] arguments) {
        if (arguments.length > 0) {
            return null;
        }
        return switch (name) {
            case "hasNext" -> iterator.hasNext();
            case "next" -> iterator.next();
            default -> null;
        };
    }
}
