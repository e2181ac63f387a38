package dev.gatehouse.engine.identity;

import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.policy.PolicyProblem;
import dev.gatehouse.engine.policy.PolicyReading;
import dev.gatehouse.engine.policy.PolicyRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Policies that are attached to identities. */
public final class IdentityPolicies {

    /** What Amazon lets policies ask about the parts of an API in a request, and nobody here can tell. */
    private static final String UNKNOWN = "apigateway:";

    private IdentityPolicies() {}

    /**
     * Reads a policy. Condition keys {@code apigateway:...} are a problem: they would never be there, and a statement that denies
     * by one would deny nothing.
     */
    public static PolicyReading compile(String text) {
        PolicyReading reading = Policy.compile(text, PolicyRules.IDENTITY);
        List<PolicyProblem> problems = new ArrayList<>(reading.problems());
        reading.policy()
                .ifPresent(
                        policy -> policy.conditionKeys().stream()
                                .filter(key -> key.startsWith(UNKNOWN))
                                .forEach(
                                        key -> problems.add(
                                                new PolicyProblem(
                                                        "/Statement",
                                                        "asks for the condition key " + key
                                                                + ", which the control plane cannot tell; what is known is"
                                                                + " aws:ResourceTag/..., aws:RequestTag/... and the other keys of the reference"))));
        return problems.isEmpty() ? reading : new PolicyReading(Optional.empty(), problems);
    }
}
