package dev.gatehouse.engine.policy;

import dev.gatehouse.engine.policy.Comparison.Unreadable;
import dev.gatehouse.engine.policy.Condition.Quantifier;
import dev.gatehouse.engine.policy.PolicyTree.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads {@code Condition}: operators, keys below them, values below those. */
final class ConditionReader {

    private static final String FOR_ALL = "ForAllValues:";
    private static final String FOR_ANY = "ForAnyValue:";
    private static final String IF_EXISTS = "IfExists";

    private final Problems problems;
    private final boolean variables;
    private final String pointer;
    private final List<Circumstance> circumstances = new ArrayList<>();

    ConditionReader(Problems problems, boolean variables, String pointer) {
        this.problems = problems;
        this.variables = variables;
        this.pointer = pointer;
    }

    Circumstance[] read(Object tree, boolean present) {
        if (tree instanceof Map<?, ?> operators) {
            operators.forEach((name, keys) -> operator((String) name, keys, Problems.at(pointer, (String) name)));
        } else if (present) {
            problems.add(pointer, "must be an object");
        }
        return circumstances.toArray(Circumstance[]::new);
    }

    private void operator(String name, Object keys, String place) {
        Quantifier quantifier =
                name.startsWith(FOR_ALL) ? Quantifier.ALL : name.startsWith(FOR_ANY) ? Quantifier.ANY : Quantifier.NONE;
        String rest = quantifier == Quantifier.NONE ? name : name.substring(name.indexOf(':') + 1);
        boolean ifExists = rest.endsWith(IF_EXISTS);
        String plain = ifExists ? rest.substring(0, rest.length() - IF_EXISTS.length()) : rest;
        Operator operator = Operator.named(plain);
        boolean absence = operator != null && operator.type() == Operator.Type.ABSENCE;
        if (operator == null || absence && !plain.equals(name)) {
            problems.add(place, "is not a condition operator");
        } else if (keys instanceof Map<?, ?> map) {
            map.forEach((key, values) -> {
                String at = Problems.at(place, (String) key);
                String lowerCase = ((String) key).toLowerCase(Locale.ROOT);
                if (lowerCase.isEmpty()) {
                    problems.add(at, "is not the name of a condition key");
                } else if (absence) {
                    presence(lowerCase, values, at);
                } else {
                    condition(operator, quantifier, ifExists, lowerCase, values, at);
                }
            });
        } else {
            problems.add(place, "must be an object of condition keys");
        }
    }

    private void condition(
            Operator operator, Quantifier quantifier, boolean ifExists, String key, Object values, String place) {
        List<Comparison> comparisons = new ArrayList<>();
        values(values, place, (value, at) -> {
            try {
                comparisons.add(Comparison.of(operator, value, variables && operator.variables()));
            } catch (Unreadable e) {
                problems.add(at, e.getMessage());
            }
        });
        circumstances.add(
                new Condition(operator.negated(), quantifier, ifExists, key, comparisons.toArray(Comparison[]::new)));
    }

    private void presence(String key, Object values, String place) {
        boolean[] holds = new boolean[2];
        values(values, place, (value, at) -> {
            if (!Comparison.isTruth(value)) {
                problems.add(at, "is neither true nor false: '" + value + "'");
            }
            holds[value.equalsIgnoreCase("true") ? 0 : 1] = true;
        });
        circumstances.add(new Circumstance.Presence(key, holds[0], holds[1]));
    }

    /** Numbers and booleans count as their texts, with or without quotes. */
    private void values(Object tree, String place, StatementReader.TextConsumer consumer) {
        List<?> list = tree instanceof List<?> several ? several : List.of(tree);
        if (list.isEmpty()) {
            problems.add(place, "needs at least one value");
        }
        for (int i = 0; i < list.size(); i++) {
            String at = tree instanceof List ? Problems.at(place, i) : place;
            Object value = list.get(i);
            if (value instanceof String text) {
                consumer.accept(text, at);
            } else if (value instanceof Scalar scalar && !scalar.isNull()) {
                consumer.accept(scalar.text(), at);
            } else {
                problems.add(at, "must be a text, a number or a boolean");
            }
        }
    }
}
