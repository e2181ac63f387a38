package dev.gatehouse.engine.policy;

import dev.gatehouse.engine.policy.TextPattern.Part;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** Compares a value of the request with one value of the policy. Immutable and thread-safe. */
@FunctionalInterface
interface Comparison {

    Match with(String actual, ConditionKeys keys);

    /** Says what is wrong with a value of the policy. */
    final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message, null, false, false);
        }
    }

    /** @param variables whether the policy's version has variables */
    static Comparison of(Operator operator, String value, boolean variables) throws Unreadable {
        return switch (operator.type()) {
            case TEXT -> text(value, variables, false, false);
            case TEXT_IGNORING_CASE -> text(value, variables, false, true);
            case TEXT_LIKE -> text(value, variables, true, false);
            case EQUAL_NUMBER -> number(value, order -> order == 0);
            case LESS_NUMBER -> number(value, order -> order < 0);
            case LESS_OR_EQUAL_NUMBER -> number(value, order -> order <= 0);
            case GREATER_NUMBER -> number(value, order -> order > 0);
            case GREATER_OR_EQUAL_NUMBER -> number(value, order -> order >= 0);
            case EQUAL_DATE -> date(value, order -> order == 0);
            case LESS_DATE -> date(value, order -> order < 0);
            case LESS_OR_EQUAL_DATE -> date(value, order -> order <= 0);
            case GREATER_DATE -> date(value, order -> order > 0);
            case GREATER_OR_EQUAL_DATE -> date(value, order -> order >= 0);
            case TRUTH -> truth(value, variables);
            case BINARY -> binary(value);
            case ADDRESS -> address(value);
            case ARN -> arn(value, variables);
            case ABSENCE -> throw new IllegalArgumentException("absence is compared with nothing");
        };
    }

    private static List<Part> parts(String value, boolean variables, boolean wildcards) throws Unreadable {
        TextPattern.Reader reader = new TextPattern.Reader(value, variables, wildcards);
        if (reader.problem() != null) {
            throw new Unreadable(reader.problem());
        }
        return reader.parts();
    }

    private static Comparison text(String value, boolean variables, boolean wildcards, boolean ignoreCase)
            throws Unreadable {
        return new TextPattern(parts(value, variables, wildcards), ignoreCase)::matches;
    }

    private static Comparison number(String value, IntPredicate wanted) throws Unreadable {
        return ordered(value, PlainNumber::parse, wanted, "is not a decimal number: '");
    }

    private static Comparison date(String value, IntPredicate wanted) throws Unreadable {
        return ordered(
                value, PolicyDate::parse, wanted, "is neither an ISO 8601 date with a zone nor seconds since 1970: '");
    }

    private static <T extends Comparable<T>> Comparison ordered(
            String value, Function<String, T> parse, IntPredicate wanted, String complaint) throws Unreadable {
        T limit = parse.apply(value);
        if (limit == null) {
            throw new Unreadable(complaint + value + "'");
        }
        return (actual, keys) -> {
            T parsed = parse.apply(actual);
            return parsed == null ? Match.UNDECIDED : Match.of(wanted.test(parsed.compareTo(limit)));
        };
    }

    private static Comparison truth(String value, boolean variables) throws Unreadable {
        if (!isTruth(value) && !(variables && value.contains("${"))) {
            throw new Unreadable("is neither true nor false: '" + value + "'");
        }
        TextPattern pattern = new TextPattern(parts(value, variables, false), true);
        return (actual, keys) -> isTruth(actual) ? pattern.matches(actual, keys) : Match.UNDECIDED;
    }

    static boolean isTruth(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }

    private static Comparison binary(String value) throws Unreadable {
        byte[] wanted = decoded(value);
        if (wanted == null) {
            throw new Unreadable("is not Base64: '" + value + "'");
        }
        return (actual, keys) -> {
            byte[] bytes = decoded(actual);
            return bytes == null ? Match.UNDECIDED : Match.of(Arrays.equals(wanted, bytes));
        };
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Comparison address(String value) throws Unreadable {
        AddressRange range = AddressRange.parse(value.toLowerCase(Locale.ROOT));
        if (range == null) {
            throw new Unreadable("is neither an IP address nor a range such as 203.0.113.0/24: '" + value + "'");
        }
        return (actual, keys) -> {
            Address address = Address.parse(actual, true);
            return address == null ? Match.UNDECIDED : Match.of(range.contains(address));
        };
    }

    private static Comparison arn(String value, boolean variables) throws Unreadable {
        ArnPattern pattern = ArnPattern.of(parts(value, variables, true));
        if (pattern == null) {
            throw new Unreadable("is not an ARN of six parts: '" + value + "'");
        }
        return pattern::matches;
    }
}
