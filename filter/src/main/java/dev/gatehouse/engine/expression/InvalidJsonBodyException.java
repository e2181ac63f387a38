package dev.gatehouse.engine.expression;

/** An expression looks into a body that promises JSON by its first character and does not keep it. */
public final class InvalidJsonBodyException extends RuntimeException {

    InvalidJsonBodyException() {
        super("Invalid JSON in body", null, false, false);
    }
}
