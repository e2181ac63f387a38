package dev.gatehouse.engine.policy;

/**
 * Something wrong in a policy.
 *
 * @param pointer JSON pointer into the policy; empty for the whole of it
 * @param message one sentence for the author, without the place
 */
public record PolicyProblem(String pointer, String message) {

    @Override
    public String toString() {
        return pointer + ": " + message;
    }
}
