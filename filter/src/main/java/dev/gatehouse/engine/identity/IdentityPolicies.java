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

    /** What Amazon lets policies ask about what a call is to change, and nobody here can tell. */
    private static final List<String> UNKNOWN = List.of("apigateway:", "iam:");

    /** But this can be told. */
    private static final String TAG_OF_USER = "iam:resourcetag/";

    private IdentityPolicies() {}

    /**
     * Reads a policy. Condition keys {@code apigateway:...} and {@code iam:...} are a problem, but for tags of users: they would never be there, and a statement that denies
     * by one would deny nothing.
     */
    public static PolicyReading compile(String text) {
        PolicyReading reading = Policy.compile(text, PolicyRules.IDENTITY);
        List<PolicyProblem> problems = new ArrayList<>(reading.problems());
        reading.policy()
                .ifPresent(
                        policy -> policy.conditionKeys().stream()
                                .filter(IdentityPolicies::isUnknown)
                                .forEach(
                                        key -> problems.add(
                                                new PolicyProblem(
                                                        "/Statement",
                                                        "asks for the condition key " + key
                                                                + ", which the control plane cannot tell; what is known is"
                                                                + " aws:ResourceTag/..., aws:RequestTag/... and the other keys of the reference"))));
        return problems.isEmpty() ? reading : new PolicyReading(Optional.empty(), problems);
    }

    private static boolean isUnknown(String lowerCaseKey) {
        return UNKNOWN.stream().anyMatch(lowerCaseKey::startsWith) && !lowerCaseKey.startsWith(TAG_OF_USER);
    }
}
