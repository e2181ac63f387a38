package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.authorizer.Authorization;
import dev.gatehouse.dataplane.authorizer.CallerFacts;
import dev.gatehouse.dataplane.authorizer.Witness;
import dev.gatehouse.engine.lambda.LambdaCall;
import dev.gatehouse.engine.lambda.LambdaResult;
import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import java.util.List;

/** What an access did on its way to a decision, for the logs. Of one call; what it has noted is there when the decision is. */
final class AccessNotes implements Witness {

    private volatile String authorizerId;
    private volatile List<String> identity = List.of();
    private volatile LambdaCall call;
    private volatile LambdaResult result;
    private volatile boolean remembered;
    private volatile Rule rule;

    /**
     * @param own null where the policies of the caller were not asked
     * @param resource null where there is no resource policy
     */
    record Rule(Authorization authorization, CallerFacts caller, Verdict own, Verdict resource) {

        /** Whether there was a policy that somebody may want to hear of. */
        boolean byPolicies() {
            return authorization == Authorization.AWS_IAM || resource != null;
        }

        /** The caller's name; null for nobody in particular. */
        String callerName() {
            return caller.known() == null ? null : caller.known().name();
        }
    }

    @Override
    public void asked(String id, List<String> shown) {
        authorizerId = id;
        identity = shown;
    }

    @Override
    public void calls(LambdaCall made) {
        call = made;
    }

    @Override
    public void answered(LambdaResult answer) {
        result = answer;
    }

    @Override
    public void remembers() {
        remembered = true;
    }

    @Override
    public void ruled(Authorization authorization, CallerFacts caller, Verdict own, Verdict resource) {
        rule = new Rule(authorization, caller, own, resource);
    }

    /** Null where no authorizer of the API was asked. */
    String authorizerId() {
        return authorizerId;
    }

    /** Secrets; empty where the call shows none. */
    List<String> identity() {
        return identity;
    }

    /** Null where no function was called. */
    LambdaCall call() {
        return call;
    }

    /** Null where no function has answered. */
    LambdaResult result() {
        return result;
    }

    boolean remembered() {
        return remembered;
    }

    /** Null where it did not come to policies. */
    Rule rule() {
        return rule;
    }
}
