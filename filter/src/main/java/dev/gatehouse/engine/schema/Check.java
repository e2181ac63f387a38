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

    /** Characters of values that were written to be compared: some times the largest body. */
    private static final int WRITTEN = 50_000_000;

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
    private int written;
    private int quiet;

    /** Before every value that is held against a schema. */
    void step() {
        steps(1);
    }

    void steps(int more) {
        steps -= more;
        if (steps < 0) {
            throw new SpentException();
        }
    }

    /** After a value was written to be compared: nested lists of unique items write what is within them again and again. */
    void written(int characters) {
        written += characters;
        if (written > WRITTEN) {
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

    /** Takes note of what a keyword says of a value, unless enough was said. */
    void tell(Keyword keyword, Object value) {
        if (violations.size() < VIOLATIONS) {
            quiet++;
            String violation = keyword.violation(value, this);
            quiet--;
            if (violation != null) {
                violations.add(violation);
            }
        }
    }

    boolean failed() {
        return !violations.isEmpty();
    }

    List<String> violations() {
        return violations;
    }
}
