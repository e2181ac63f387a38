package dev.gatehouse;

import dev.gatehouse.definition.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration or an API document that cannot be served. The message lists every problem, one a line. */
public final class InvalidConfigurationException extends RuntimeException {

    private final transient List<Problem> problems;

    public InvalidConfigurationException(List<Problem> problems) {
        super(problems.size()
                + (problems.size() == 1 ? " problem:\n" : " problems:\n")
                + problems.stream().map(problem -> "  " + problem).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All there are; never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
