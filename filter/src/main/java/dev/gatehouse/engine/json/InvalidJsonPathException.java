package dev.gatehouse.engine.json;

/** A JSONPath that cannot be read, or one that asks for something we do not run. */
public final class InvalidJsonPathException extends IllegalArgumentException {

    InvalidJsonPathException(String message) {
        super(message);
    }
}
