package dev.gatehouse.engine.policy;

import java.util.HashMap;
import java.util.Map;

/**
 * The condition operators. Source: AWS Identity and Access Management user guide, "IAM JSON policy elements: Condition
 * operators".
 *
 * @param type what is compared
 * @param negated whether a match is a no
 * @param variables whether the values may hold policy variables
 */
record Operator(Type type, boolean negated, boolean variables) {

    /** How a value of the request is compared with one of the policy. */
    enum Type {
        TEXT,
        TEXT_IGNORING_CASE,
        TEXT_LIKE,
        EQUAL_NUMBER,
        LESS_NUMBER,
        LESS_OR_EQUAL_NUMBER,
        GREATER_NUMBER,
        GREATER_OR_EQUAL_NUMBER,
        EQUAL_DATE,
        LESS_DATE,
        LESS_OR_EQUAL_DATE,
        GREATER_DATE,
        GREATER_OR_EQUAL_DATE,
        TRUTH,
        BINARY,
        ADDRESS,
        ARN,
        ABSENCE
    }

    private static final Map<String, Operator> BY_NAME = new HashMap<>();

    static {
        define("StringEquals", "StringNotEquals", Type.TEXT, true);
        define("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", Type.TEXT_IGNORING_CASE, true);
        define("StringLike", "StringNotLike", Type.TEXT_LIKE, true);
        define("NumericEquals", "NumericNotEquals", Type.EQUAL_NUMBER, false);
        define("NumericLessThan", null, Type.LESS_NUMBER, false);
        define("NumericLessThanEquals", null, Type.LESS_OR_EQUAL_NUMBER, false);
        define("NumericGreaterThan", null, Type.GREATER_NUMBER, false);
        define("NumericGreaterThanEquals", null, Type.GREATER_OR_EQUAL_NUMBER, false);
        define("DateEquals", "DateNotEquals", Type.EQUAL_DATE, false);
        define("DateLessThan", null, Type.LESS_DATE, false);
        define("DateLessThanEquals", null, Type.LESS_OR_EQUAL_DATE, false);
        define("DateGreaterThan", null, Type.GREATER_DATE, false);
        define("DateGreaterThanEquals", null, Type.GREATER_OR_EQUAL_DATE, false);
        define("Bool", null, Type.TRUTH, true);
        define("BinaryEquals", null, Type.BINARY, false);
        define("IpAddress", "NotIpAddress", Type.ADDRESS, false);
        define("ArnEquals", "ArnNotEquals", Type.ARN, true);
        define("ArnLike", "ArnNotLike", Type.ARN, true);
        define("Null", null, Type.ABSENCE, false);
    }

    private static void define(String name, String opposite, Type type, boolean variables) {
        BY_NAME.put(name, new Operator(type, false, variables));
        if (opposite != null) {
            BY_NAME.put(opposite, new Operator(type, true, variables));
        }
    }

    /** @return null where there is no such operator */
    static Operator named(String name) {
        return BY_NAME.get(name);
    }
}
