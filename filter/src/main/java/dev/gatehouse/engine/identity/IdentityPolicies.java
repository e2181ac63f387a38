package dev.gatehouse.engine.identity;

import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.policy.PolicyProblem;
import dev.gatehouse.engine.policy.PolicyReading;
import dev.gatehouse.engine.policy.PolicyRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What policies about identities may ask. */
public final class IdentityPolicies {

    /** What Amazon lets policies ask about what a call is to change, and nobody here can tell. */
    private static final List<String> UNKNOWN = List.of("apigateway:", "iam:");

    /** But this can be told. */
    private static final String TAG_OF_USER = "iam:resourcetag/";

    /** Temporary credentials always have one at Amazon, and here nobody knows when they were issued. */
    private static final String UNKNOWN_OF_SESSIONS = "aws:tokenissuetime";

    private IdentityPolicies() {}

    /**
     * Reads a policy that is attached to an identity. Condition keys {@code apigateway:...} and {@code iam:...} are a problem, but
     * for tags of users: they would never be there, and a statement that denies by one would deny nothing. So are those of {@link
     * #untold}.
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
        reading.policy().ifPresent(policy -> problems.addAll(untold(policy)));
        return problems.isEmpty() ? reading : new PolicyReading(Optional.empty(), problems);
    }

    private static boolean isUnknown(String lowerCaseKey) {
        return UNKNOWN.stream().anyMatch(lowerCaseKey::startsWith) && !lowerCaseKey.startsWith(TAG_OF_USER);
    }

    /**
     * What any policy may not ask about who signs: Amazon would know it, nobody here does, and a statement that denies by it would
     * deny nothing.
     */
    public static List<PolicyProblem> untold(Policy policy) {
        return policy.conditionKeys().contains(UNKNOWN_OF_SESSIONS)
                ? List.of(new PolicyProblem(
                        "/Statement",
                        "asks for the condition key " + UNKNOWN_OF_SESSIONS
                                + ", which nobody can tell: no session says when it began"))
                : List.of();
    }
}
