package dev.gatehouse.dataplane.authorizer;

import static dev.gatehouse.engine.policy.PolicyDecision.Verdict.ALLOW;
import static dev.gatehouse.engine.policy.PolicyDecision.Verdict.EXPLICIT_DENY;
import static dev.gatehouse.engine.policy.PolicyDecision.Verdict.IMPLICIT_DENY;

import dev.gatehouse.engine.policy.PolicyDecision.Verdict;

/**
 * How the word of a caller's own policies and the word of an API's resource policy become one, for each kind of authorization.
 * Source: API Gateway developer guide, "How API Gateway resource policies affect authorization workflow", with its tables A and
 * B. Pure functions of two verdicts; where an API has no resource policy, its verdict is null.
 */
public enum Authorization {

    /** Nobody is known, so the resource policy must say yes itself. */
    NONE {
        @Override
        Verdict combine(Verdict own, Verdict resource, boolean sameAccount) {
            return resource == null ? ALLOW : resource;
        }
    },

    /** Table A within the API's account, table B from another one. */
    AWS_IAM {
        @Override
        Verdict combine(Verdict own, Verdict resource, boolean sameAccount) {
            return sameAccount ? eitherAllows(own, spoken(resource)) : bothAllow(own, spoken(resource));
        }
    },

    /** Table A with the policy that the Lambda authorizer returned. */
    CUSTOM {
        @Override
        Verdict combine(Verdict own, Verdict resource, boolean sameAccount) {
            return eitherAllows(own, spoken(resource));
        }

        @Override
        boolean deniesBeforehand(Verdict resource) {
            return resource == EXPLICIT_DENY;
        }
    },

    /** A proven token, and a resource policy that says yes itself. */
    COGNITO_USER_POOLS {
        @Override
        Verdict combine(Verdict own, Verdict resource, boolean sameAccount) {
            return resource == null ? own : bothAllow(own, resource);
        }
    };

    /**
     * @param own what the caller's policies say; of no meaning for {@link #NONE}
     * @param resource what the resource policy says; null where the API has none
     * @param sameAccount whether caller and API belong together; only IAM knows callers who do not
     */
    abstract Verdict combine(Verdict own, Verdict resource, boolean sameAccount);

    /** Whether the resource policy ends a call before anybody is asked who it is. */
    boolean deniesBeforehand(Verdict resource) {
        return false;
    }

    private static Verdict spoken(Verdict resource) {
        return resource == null ? IMPLICIT_DENY : resource;
    }

    private static Verdict eitherAllows(Verdict own, Verdict resource) {
        if (own == EXPLICIT_DENY || resource == EXPLICIT_DENY) {
            return EXPLICIT_DENY;
        }
        return own == ALLOW || resource == ALLOW ? ALLOW : IMPLICIT_DENY;
    }

    private static Verdict bothAllow(Verdict own, Verdict resource) {
        if (own == EXPLICIT_DENY || resource == EXPLICIT_DENY) {
            return EXPLICIT_DENY;
        }
        return own == ALLOW && resource == ALLOW ? ALLOW : IMPLICIT_DENY;
    }
}
