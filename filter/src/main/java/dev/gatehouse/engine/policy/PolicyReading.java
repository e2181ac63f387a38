package dev.gatehouse.engine.policy;

import java.util.List;
import java.util.Optional;

/**
 * What became of the text of a policy: a policy, or its problems.
 *
 * @param policy empty where there is any problem
 * @param problems all of them
 */
public record PolicyReading(Optional<Policy> policy, List<PolicyProblem> problems) {

    public PolicyReading {
        problems = List.copyOf(problems);
    }
}
