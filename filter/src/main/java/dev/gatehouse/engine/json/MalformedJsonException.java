package dev.gatehouse.engine.json;

/**
 * Text that is not JSON, or more of it than {@link JsonLimits} allow. An expected answer of a parser, so it is checked and
 * carries no stack trace.
 */
public final class MalformedJsonException extends Exception {

    private final int line;
    private final int column;

    MalformedJsonException(String problem, int line, int column) {
        super(problem + " at line " + line + ", column " + column, null, false, false);
        this.line = line;
        this.column = column;
    }

    /** Line of the problem, from 1. */
    public int line() {
        return line;
    }

    /** Column of the problem, from 1; counted in bytes where bytes were parsed. */
    public int column() {
        return column;
    }
}
