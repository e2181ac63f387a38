package dev.gatehouse.engine.expression;

/** An expression that Amazon's grammar does not have. The message says what was expected. */
public final class ExpressionSyntaxException extends IllegalArgumentException {

    ExpressionSyntaxException(String message) {
        super(message);
    }
}
