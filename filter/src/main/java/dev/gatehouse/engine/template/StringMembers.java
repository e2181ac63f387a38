package dev.gatehouse.engine.template;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The members of strings. Regular expressions run under the clock, and no result outgrows the limits. */
final class StringMembers {

    private static final int LONGEST_EXPRESSION = 2_000;

    private StringMembers() {}

    static Object call(String text, String name, Object[] arguments, Budget budget) {
        return switch (arguments.length) {
            case 0 -> call(text, name);
            case 1 -> call(text, name, arguments[0], budget);
            case 2 -> call(text, name, arguments[0], arguments[1], budget);
            default -> null;
        };
    }

    private static Object call(String text, String name) {
        return switch (name) {
            case "length" -> text.length();
            case "isEmpty" -> text.isEmpty();
            case "isBlank" -> text.isBlank();
            case "trim" -> text.trim();
            case "strip" -> text.strip();
            case "toLowerCase" -> text.toLowerCase(Locale.ROOT);
            case "toUpperCase" -> text.toUpperCase(Locale.ROOT);
            case "toString", "intern" -> text;
            case "hashCode" -> text.hashCode();
            default -> null;
        };
    }

    private static Object call(String text, String name, Object argument, Budget budget) {
        String other = Text.of(argument);
        return switch (name) {
            case "contains" -> text.contains(other);
            case "startsWith" -> text.startsWith(other);
            case "endsWith" -> text.endsWith(other);
            case "equals" -> text.equals(argument);
            case "equalsIgnoreCase" -> text.equalsIgnoreCase(other);
            case "compareTo" -> text.compareTo(other);
            case "compareToIgnoreCase" -> text.compareToIgnoreCase(other);
            case "indexOf" -> text.indexOf(other);
            case "lastIndexOf" -> text.lastIndexOf(other);
            case "concat" -> concat(text, other, budget);
            case "charAt" -> argument instanceof Number at ? String.valueOf(text.charAt(at.intValue())) : null;
            case "substring" -> argument instanceof Number from ? text.substring(from.intValue()) : null;
            case "matches" -> matcher(text, other, budget).matches();
            case "split" -> split(text, other, 0, budget);
            case "valueOf" -> other;
            default -> null;
        };
    }

    private static Object call(String text, String name, Object first, Object second, Budget budget) {
        switch (name) {
            case "replace" -> {
                return replace(text, Text.of(first), Text.of(second), budget);
            }
            case "replaceAll" -> {
                return replaceMatches(text, Text.of(first), Text.of(second), Integer.MAX_VALUE, budget);
            }
            case "replaceFirst" -> {
                return replaceMatches(text, Text.of(first), Text.of(second), 1, budget);
            }
            default -> {
                return second instanceof Number number ? call(text, name, first, number.intValue(), budget) : null;
            }
        }
    }

    private static Object call(String text, String name, Object first, int second, Budget budget) {
        return switch (name) {
            case "substring" -> first instanceof Number from ? text.substring(from.intValue(), second) : null;
            case "indexOf" -> text.indexOf(Text.of(first), second);
            case "lastIndexOf" -> text.lastIndexOf(Text.of(first), second);
            case "startsWith" -> text.startsWith(Text.of(first), second);
            case "split" -> split(text, Text.of(first), second, budget);
            default -> null;
        };
    }

    static String concat(String left, String right, Budget budget) {
        budget.requireSize((long) left.length() + right.length());
        budget.characters(left.length() + right.length());
        return left.concat(right);
    }

    private static String replace(String text, String wanted, String replacement, Budget budget) {
        long possible = wanted.isEmpty() ? text.length() + 1L : text.length() / wanted.length();
        if (text.length() + possible * replacement.length() > budget.outputSize()) {
            Matcher matcher = Pattern.compile(wanted, Pattern.LITERAL).matcher(new Watched(text, budget));
            return replaceMatches(matcher, text, Matcher.quoteReplacement(replacement), Integer.MAX_VALUE, budget);
        }
        String replaced = text.replace(wanted, replacement);
        budget.characters(replaced.length());
        return replaced;
    }

    private static String replaceMatches(String text, String regex, String replacement, int times, Budget budget) {
        return replaceMatches(matcher(text, regex, budget), text, replacement, times, budget);
    }

    private static String replaceMatches(Matcher matcher, String text, String replacement, int times, Budget budget) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < times && matcher.find(); i++) {
            matcher.appendReplacement(out, replacement);
            budget.requireSize(out.length());
            budget.tick();
        }
        matcher.appendTail(out);
        budget.characters(out.length());
        return out.toString();
    }

    private static TemplateList split(String text, String regex, int limit, Budget budget) {
        budget.characters(text.length());
        return new TemplateList(Arrays.asList(compiled(regex, budget).split(new Watched(text, budget), limit)));
    }

    private static Matcher matcher(String text, String regex, Budget budget) {
        return compiled(regex, budget).matcher(new Watched(text, budget));
    }

    /** Nobody can look at the clock while Java reads an expression, which may be a caller's. */
    private static Pattern compiled(String regex, Budget budget) {
        if (regex.length() > LONGEST_EXPRESSION) {
            throw Failure.of("a regular expression of more than " + LONGEST_EXPRESSION + " characters");
        }
        budget.spend(regex.length());
        return Pattern.compile(regex);
    }

    /** Text that looks at the clock while it is read: the only way to stop a regular expression that goes astray. */
    private record Watched(String text, Budget budget) implements CharSequence {

        @Override
        public char charAt(int index) {
            budget.tick();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
