package dev.gatehouse.engine.template;

import org.apache.velocity.runtime.parser.node.Node;

/** Carries a failure out of Velocity, which lets runtime exceptions pass. */
final class Failure extends RuntimeException {

    private final int line;
    private final int column;

    private Failure(String message, int line, int column, Throwable cause) {
        super(message, cause, false, false);
        this.line = line;
        this.column = column;
    }

    static Failure of(String message) {
        return new Failure(message, 0, 0, null);
    }

    static Failure at(int line, int column, String message) {
        return new Failure(message, line, column, null);
    }

    /** The failure, and where it happened unless that is known already. */
    static Failure at(Node node, RuntimeException e) {
        if (e instanceof Failure known && known.line > 0) {
            return known;
        }
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new Failure(message, node.getLine(), node.getColumn(), e instanceof Failure ? null : e);
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }
}
