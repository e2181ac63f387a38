package dev.gatehouse.engine.template;

import java.math.BigDecimal;

/** The members of numbers and booleans, with the static ones through which templates parse numbers. */
final class ScalarMembers {

    private ScalarMembers() {}

    static Object call(Object target, String name, Object[] arguments) {
        if (arguments.length == 0) {
            return call(target, name);
        }
        if (arguments.length > 1) {
            return null;
        }
        Object argument = arguments[0];
        return switch (name) {
            case "equals" -> target.equals(argument);
            case "compareTo" -> compare(target, argument);
            case "toString" -> Text.of(argument);
            case "valueOf" -> valueOf(target, Text.of(argument));
            case "parseInt" -> Integer.valueOf(Text.of(argument));
            case "parseLong" -> Long.valueOf(Text.of(argument));
            case "parseFloat" -> Float.valueOf(Text.of(argument));
            case "parseDouble" -> Double.valueOf(Text.of(argument));
            case "parseBoolean" -> Boolean.valueOf(Text.of(argument));
            default -> null;
        };
    }

    private static Object call(Object target, String name) {
        if (name.equals("toString")) {
            return target.toString();
        }
        if (target instanceof Boolean truth) {
            return name.equals("booleanValue") ? truth : null;
        }
        Number number = (Number) target;
        return switch (name) {
            case "intValue" -> number.intValue();
            case "longValue" -> number.longValue();
            case "floatValue" -> number.floatValue();
            case "doubleValue" -> number.doubleValue();
            default -> null;
        };
    }

    private static Object compare(Object target, Object argument) {
        if (target instanceof Number a && argument instanceof Number b) {
            return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString()));
        }
        return target instanceof Boolean a && argument instanceof Boolean b ? a.compareTo(b) : null;
    }

    private static Object valueOf(Object target, String text) {
        if (target instanceof Integer) {
            return Integer.valueOf(text);
        }
        if (target instanceof Long) {
            return Long.valueOf(text);
        }
        if (target instanceof Boolean) {
            return Boolean.valueOf(text);
        }
        return target instanceof Double ? Double.valueOf(text) : null;
    }
}
