package dev.gatehouse.engine.expression;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A Java regular expression that must match the whole text, and that gives up on a text it cannot decide in reasonable time:
 * the backend writes the text, and must not be able to hold a thread. Thread-safe.
 */
public final class BoundedPattern {

    /** Characters looked at, for one match: a well-behaved pattern looks at each a few times. */
    private static final int BUDGET = 1_000_000;

    private final Pattern pattern;

    private BoundedPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws ExpressionSyntaxException where the expression is broken; the message says where */
    public static BoundedPattern compile(String expression) {
        try {
            return new BoundedPattern(Pattern.compile(expression));
        } catch (PatternSyntaxException e) {
            throw new ExpressionSyntaxException(
                    "'" + expression + "' is not a regular expression: " + e.getDescription() + " at " + e.getIndex());
        }
    }

    /** @return whether the whole text matches; false also where the budget ran out */
    public boolean matches(String text) {
        try {
            return pattern.matcher(new Counted(text, new int[] {BUDGET})).matches();
        } catch (BudgetSpent | StackOverflowError e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }

    private static final class BudgetSpent extends RuntimeException {
        BudgetSpent() {
            super(null, null, false, false);
        }
    }

    private record Counted(CharSequence text, int[] left) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new BudgetSpent();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), left);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
