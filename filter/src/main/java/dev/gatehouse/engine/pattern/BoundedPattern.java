package dev.gatehouse.engine.pattern;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that gives up on a text it cannot decide in reasonable time: somebody else writes the text, and must not
 * be able to hold a thread. Thread-safe.
 */
public final class BoundedPattern {

    /** Characters looked at, for one match: a well-behaved pattern looks at each a few times. */
    private static final int LOOKS = 1_000_000;

    /** Characters of an expression: Java reads some in the square of their length. */
    private static final int LONGEST = 10_000;

    private final String expression;
    private final Pattern pattern;

    private BoundedPattern(String expression, Pattern pattern) {
        this.expression = expression;
        this.pattern = pattern;
    }

    /**
     * An expression in Java's language.
     *
     * @throws IllegalArgumentException where it is broken; the message says where
     */
    public static BoundedPattern compile(String expression) {
        return new BoundedPattern(expression, parsed(expression, expression));
    }

    /**
     * An expression in JavaScript's language (ECMA-262), as JSON Schema has them.
     *
     * @throws IllegalArgumentException where it is broken; the message says where
     */
    public static BoundedPattern ecma(String expression) {
        return new BoundedPattern(expression, parsed(expression, EcmaExpression.toJava(expression)));
    }

    private static Pattern parsed(String expression, String java) {
        if (expression.length() > LONGEST) {
            throw new IllegalArgumentException("the regular expression has more than " + LONGEST + " characters");
        }
        try {
            return Pattern.compile(java);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + expression + "' is not a regular expression: " + e.getDescription() + " at " + e.getIndex());
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("the regular expression is nested too deeply");
        }
    }

    /** @return whether the whole text matches; false also where this could not be decided */
    public boolean matches(String text) {
        try {
            return pattern.matcher(new Looked(text, new LookBudget(LOOKS))).matches();
        } catch (LookBudget.SpentException | StackOverflowError e) {
            return false;
        }
    }

    /**
     * @param budget shared by several texts; what is looked at here is taken from it
     * @return whether a part of the text matches
     * @throws LookBudget.SpentException where this cannot be decided with what is left
     */
    public boolean find(String text, LookBudget budget) {
        try {
            return pattern.matcher(new Looked(text, budget)).find();
        } catch (StackOverflowError e) {
            throw new LookBudget.SpentException();
        }
    }

    /** The expression as it was written. */
    @Override
    public String toString() {
        return expression;
    }

    private record Looked(CharSequence text, LookBudget budget) implements CharSequence {
        @Override
        public char charAt(int index) {
            budget.look();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Looked(text.subSequence(start, end), budget);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
