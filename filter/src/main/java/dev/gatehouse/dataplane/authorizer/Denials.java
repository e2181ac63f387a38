package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.dataplane.authorizer.Denial.Reason;
import dev.gatehouse.engine.policy.PolicyDecision.Verdict;

/** The words in which Amazon says that somebody is known and may not all the same. Source: captured answers. */
final class Denials {

    private static final int SHOWN = 4;

    private Denials() {}

    /** @param userArn null for a caller whom nobody knows */
    static Denial byPolicy(String userArn, String methodArn, Verdict verdict) {
        return Denial.of(
                Reason.ACCESS_DENIED_BY_POLICY,
                "User: " + (userArn == null ? "anonymous" : userArn)
                        + " is not authorized to perform: execute-api:Invoke on resource: " + masked(methodArn)
                        + explicitly(verdict));
    }

    static Denial byAuthorizer(Verdict verdict) {
        return Denial.of(Reason.ACCESS_DENIED, "User is not authorized to access this resource" + explicitly(verdict));
    }

    private static String explicitly(Verdict verdict) {
        return verdict == Verdict.EXPLICIT_DENY ? " with an explicit deny" : "";
    }

    /** Of the owner's account the caller sees the last four digits. */
    private static String masked(String arn) {
        int start = 0;
        for (int i = 0; i < 4; i++) {
            start = arn.indexOf(':', start) + 1;
        }
        int end = arn.indexOf(':', start);
        int hidden = Math.max(0, end - start - SHOWN);
        return arn.substring(0, start) + "*".repeat(hidden) + arn.substring(start + hidden);
    }
}
