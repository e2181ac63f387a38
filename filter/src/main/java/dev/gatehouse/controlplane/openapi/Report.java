package dev.gatehouse.controlplane.openapi;

import dev.gatehouse.definition.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects what is wrong, each thing once, and counts the work: local references make a small document as large as its author
 * likes, so reading stops at a number of steps.
 */
final class Report {

    /** Far more than a document of 6 MB takes that does not repeat itself through references. */
    private static final int MOST_STEPS = 2_000_000;

    private static final int MOST_PROBLEMS = 200;

    /** Ends the reading at once; the report holds the reason. */
    static final class Stop extends RuntimeException {
        Stop() {
            super(null, null, false, false);
        }
    }

    private final String document;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private int steps;

    Report(String document) {
        this.document = document;
    }

    void error(String pointer, String message) {
        add(Problem.error(document, pointer, message));
    }

    void warn(String pointer, String message) {
        add(Problem.warning(document, pointer, message));
    }

    private void add(Problem problem) {
        problems.add(problem);
        if (problems.size() >= MOST_PROBLEMS) {
            problems.add(Problem.error(
                    document, "", "there are more problems than " + MOST_PROBLEMS + "; the rest was not read"));
            throw new Stop();
        }
    }

    boolean hasProblemAt(String pointer) {
        return problems.stream().anyMatch(problem -> problem.pointer().equals(pointer));
    }

    void step() {
        if (++steps > MOST_STEPS) {
            problems.add(Problem.error(
                    document,
                    "",
                    "with its references written out the document has more than " + MOST_STEPS + " entries"));
            throw new Stop();
        }
    }

    boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
