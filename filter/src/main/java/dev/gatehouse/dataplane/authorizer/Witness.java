package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.engine.lambda.LambdaCall;
import dev.gatehouse.engine.lambda.LambdaResult;
import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import java.util.List;

/**
 * Sees how an access comes to its decision, for whoever writes about the call. What it is told holds secrets. It belongs to one call: it
 * may be told things by several threads, but by one after the other.
 */
public interface Witness {

    /** Nobody looks. */
    Witness NONE = new Witness() {};

    /**
     * An authorizer of the API looks at the call.
     *
     * @param authorizerId id of the authorizer
     * @param identity what it goes by, as the call shows it; empty where the call does not
     */
    default void asked(String authorizerId, List<String> identity) {}

    /** The authorizer asks its function. */
    default void calls(LambdaCall call) {}

    /** The function has answered. */
    default void answered(LambdaResult result) {}

    /** The authorizer asks nobody: it remembers what its function said. */
    default void remembers() {}

    /**
     * It is known who calls, and all policies have been asked.
     *
     * @param caller {@link CallerFacts#NOBODY} where nobody was asked for
     * @param own what the caller's policies say, or those that an authorizer returned; null where they were not asked
     * @param resource what the API's resource policy says; null where there is none
     */
    default void ruled(Authorization authorization, CallerFacts caller, Verdict own, Verdict resource) {}
}
