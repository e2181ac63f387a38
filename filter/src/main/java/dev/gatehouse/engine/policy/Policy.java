package dev.gatehouse.engine.policy;

import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A compiled policy. Source: AWS Identity and Access Management user guide, "IAM JSON policy element reference" and "Policy
 * evaluation logic". Immutable and thread-safe; a question costs no more than each statement read once.
 */
public final class Policy {

    private final Statement[] statements;

    private Policy(Statement[] statements) {
        this.statements = statements;
    }

    /** @return the policy, or everything that is wrong with the text */
    public static PolicyReading compile(String text, PolicyRules rules) {
        Problems problems = new Problems();
        List<Statement> statements = new PolicyReader(rules, problems).read(text);
        return new PolicyReading(
                problems.isEmpty() ? Optional.of(new Policy(statements.toArray(Statement[]::new))) : Optional.empty(),
                problems.all());
    }

    /**
     * Whether a statement allows this caller by name, or everybody, and not only the account that the caller belongs to. A
     * statement that denies is not looked at: ask {@link #evaluate} first.
     */
    public boolean allowsInPerson(PolicyQuery query) {
        for (Statement statement : statements) {
            if (statement.decision().verdict() == Verdict.ALLOW
                    && statement.isAboutCallerInPerson(query.principals())
                    && statement.applies(query)) {
                return true;
            }
        }
        return false;
    }

    /** The names of all circumstances that its conditions ask for, in lower case; variables are not among them. */
    public Set<String> conditionKeys() {
        Set<String> keys = new TreeSet<>();
        for (Statement statement : statements) {
            for (Circumstance circumstance : statement.circumstances()) {
                keys.add(circumstance.key());
            }
        }
        return keys;
    }

    /** One statement that denies outweighs all that allow; the first of its kind is the one that decided. */
    public PolicyDecision evaluate(PolicyQuery query) {
        PolicyDecision decision = PolicyDecision.SILENT;
        for (Statement statement : statements) {
            boolean deny = statement.decision().verdict() == Verdict.EXPLICIT_DENY;
            if ((deny || decision == PolicyDecision.SILENT) && statement.applies(query)) {
                if (deny) {
                    return statement.decision();
                }
                decision = statement.decision();
            }
        }
        return decision;
    }
}
