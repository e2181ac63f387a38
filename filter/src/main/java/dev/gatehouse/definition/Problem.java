package dev.gatehouse.definition;

import java.util.Objects;

/**
 * Something wrong or doubtful in what an API owner wrote, and where.
 *
 * @param document name of the document, as the reader was told it
 * @param pointer JSON pointer into the document; empty for the whole of it
 * @param message one sentence for the author, without the place
 */
public record Problem(Severity severity, String document, String pointer, String message) {

    /** An error refuses the definition, a warning does not. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public Problem {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(document, "document");
        Objects.requireNonNull(pointer, "pointer");
        Objects.requireNonNull(message, "message");
    }

    public static Problem error(String document, String pointer, String message) {
        return new Problem(Severity.ERROR, document, pointer, message);
    }

    public static Problem warning(String document, String pointer, String message) {
        return new Problem(Severity.WARNING, document, pointer, message);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** {@code document#pointer: message} */
    @Override
    public String toString() {
        return document + "#" + pointer + ": " + message;
    }
}
