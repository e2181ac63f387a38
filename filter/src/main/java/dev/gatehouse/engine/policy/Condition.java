package dev.gatehouse.engine.policy;

import java.util.List;

/**
 * One key of a condition. Source: AWS Identity and Access Management user guide, "Conditions with multiple context keys or
 * values" and "Set operators for multivalued context keys".
 *
 * @param negated whether a match is a no
 * @param quantifier which of the request's values must do
 * @param ifExists whether a key that is not there is fine
 * @param key in lower case
 * @param comparisons one per value of the policy
 */
record Condition(boolean negated, Quantifier quantifier, boolean ifExists, String key, Comparison[] comparisons)
        implements Circumstance {

    /** Of several values in the request. */
    enum Quantifier {
        /** No set operator: one value is enough, and a "not" excludes every value. */
        NONE,
        ALL,
        ANY
    }

    @Override
    public boolean holds(ConditionKeys keys, boolean deny) {
        List<String> values = keys.of(key);
        if (isAbsent(values)) {
            return ifExists || quantifier == Quantifier.ALL || quantifier == Quantifier.NONE && negated;
        }
        return switch (quantifier) {
            case NONE -> anyOf(values, keys).satisfies(negated, deny);
            case ALL -> all(values, keys, deny);
            case ANY -> any(values, keys, deny);
        };
    }

    /** For sets, empty texts are no values. */
    private boolean isAbsent(List<String> values) {
        if (quantifier == Quantifier.NONE) {
            return values.isEmpty();
        }
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private Match anyOf(List<String> values, ConditionKeys keys) {
        Match match = Match.NO;
        for (int i = 0; i < values.size() && match != Match.YES; i++) {
            match = match.or(compare(values.get(i), keys));
        }
        return match;
    }

    private boolean all(List<String> values, ConditionKeys keys, boolean deny) {
        for (int i = 0; i < values.size(); i++) {
            if (!compare(values.get(i), keys).satisfies(negated, deny)) {
                return false;
            }
        }
        return true;
    }

    private boolean any(List<String> values, ConditionKeys keys, boolean deny) {
        for (int i = 0; i < values.size(); i++) {
            if (compare(values.get(i), keys).satisfies(negated, deny)) {
                return true;
            }
        }
        return false;
    }

    private Match compare(String value, ConditionKeys keys) {
        Match match = Match.NO;
        for (int i = 0; i < comparisons.length && match != Match.YES; i++) {
            match = match.or(comparisons[i].with(value, keys));
        }
        return match;
    }
}
