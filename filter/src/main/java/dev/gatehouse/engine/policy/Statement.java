package dev.gatehouse.engine.policy;

import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import java.util.List;

/**
 * One statement, compiled.
 *
 * @param decision what the policy says where the statement applies
 * @param callers null where the policy is attached to an identity
 * @param notCallers whether the statement is about everybody else
 * @param actions in lower case
 * @param notActions whether the statement is about all other actions
 * @param resources of ARNs
 * @param notResources whether the statement is about all other resources
 * @param circumstances all must hold
 */
record Statement(
        PolicyDecision decision,
        Callers callers,
        boolean notCallers,
        Glob[] actions,
        boolean notActions,
        TextPattern[] resources,
        boolean notResources,
        Circumstance[] circumstances) {

    boolean applies(PolicyQuery query) {
        boolean deny = decision.verdict() == Verdict.EXPLICIT_DENY;
        return isAboutAction(query.action())
                && isAboutCaller(query.principals(), deny)
                && isAboutResource(query, deny)
                && circumstancesHold(query.keys(), deny);
    }

    private boolean isAboutAction(String action) {
        for (Glob pattern : actions) {
            if (pattern.matches(action)) {
                return !notActions;
            }
        }
        return notActions;
    }

    /** Whoever is not excluded is everybody, so a statement with {@code NotPrincipal} is about persons. */
    boolean isAboutCallerInPerson(List<Principal> caller) {
        return callers == null || notCallers || callers.name(caller);
    }

    private boolean isAboutCaller(List<Principal> caller, boolean deny) {
        if (callers == null) {
            return true;
        }
        if (!notCallers) {
            return callers.include(caller);
        }
        return deny ? !callers.spare(caller) : !callers.include(caller);
    }

    private boolean isAboutResource(PolicyQuery query, boolean deny) {
        Match match = Match.NO;
        for (int i = 0; i < resources.length && match != Match.YES; i++) {
            match = match.or(resources[i].matches(query.resource(), query.keys()));
        }
        return match.satisfies(notResources, deny);
    }

    private boolean circumstancesHold(ConditionKeys keys, boolean deny) {
        for (Circumstance circumstance : circumstances) {
            if (!circumstance.holds(keys, deny)) {
                return false;
            }
        }
        return true;
    }
}
