package dev.gatehouse.engine.schema;

import dev.gatehouse.engine.pattern.LookBudget;
import java.util.ArrayList;
import java.util.List;

/** One document on its way through a schema: what was found, and what it may still cost. Not thread-safe. */
final class Check {

    /** Values times schemas looked at; the largest body that is read has 5 million values. */
    static final int STEPS = 6_000_000;

    /** Characters that patterns look at, all together. */
    private static final int LOOKS = 10_000_000;

    /** Nobody reads more, and an answer that repeats its request a thousandfold serves an attacker only. */
    static final int VIOLATIONS = 100;

    /** The document would cost too much. */
    static final class SpentException extends RuntimeException {
        SpentException() {
            super("the body is too costly to check", null, false, false);
        }
    }

    private final List<String> violations = new ArrayList<>(0);
    private LookBudget looks;
    private int steps = STEPS;
    private int quiet;

    /** Before every value that is held against a schema. */
    void step() {
        if (--steps < 0) {
            throw new SpentException();
        }
    }

    LookBudget looks() {
        if (looks == null) {
            looks = new LookBudget(LOOKS);
        }
        return looks;
    }

    /** Whether the value satisfies the schema; nothing is told if it does not. */
    boolean silently(Schema schema, Object value) {
        quiet++;
        try {
            return schema.check(value, this);
        } finally {
            quiet--;
        }
    }

    boolean quiet() {
        return quiet > 0;
    }

    void tell(String violation) {
        if (violation != null && violations.size() < VIOLATIONS) {
            violations.add(violation);
        }
    }

    boolean failed() {
        return !violations.isEmpty();
    }

    List<String> violations() {
        return violations;
    }
}
