package dev.gatehouse.engine.policy;

/**
 * What a policy says to a question.
 *
 * @param verdict the answer
 * @param statement position of the statement that decided, from 0; -1 where none did
 * @param sid its name; null where it has none
 */
public record PolicyDecision(Verdict verdict, int statement, String sid) {

    /** Strongest first. */
    public enum Verdict {
        EXPLICIT_DENY,
        ALLOW,
        /** Nothing speaks of it. */
        IMPLICIT_DENY
    }

    static final PolicyDecision SILENT = new PolicyDecision(Verdict.IMPLICIT_DENY, -1, null);

    public boolean isAllowed() {
        return verdict == Verdict.ALLOW;
    }
}
