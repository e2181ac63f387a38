package dev.gatehouse.engine.identity;

import dev.gatehouse.engine.identity.PrincipalArn.Kind;
import dev.gatehouse.engine.policy.ConditionKeys;
import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.policy.PolicyDecision;
import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import dev.gatehouse.engine.policy.PolicyQuery;
import dev.gatehouse.engine.policy.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Who signed a request, and what the identity's own policies say to what it asks for. Holds no secret, so it may be logged.
 * Immutable and thread-safe.
 *
 * @param accessKeyId the key that it signs with
 * @param principal who it is
 * @param userId as in {@code aws:userid} and {@code $context.identity.user}: {@code AIDA...} of a user, {@code AROA...:session}
 *     of a session, the account id of a root
 * @param tags of the user or the session, as in {@code aws:PrincipalTag/...}
 * @param policies attached to it; none for a root, which may do everything in its account
 */
public record Identity(
        String accessKeyId, PrincipalArn principal, String userId, Map<String, String> tags, List<Policy> policies) {

    private static final PolicyDecision ROOT_MAY = new PolicyDecision(Verdict.ALLOW, -1, null);
    private static final PolicyDecision SILENT = new PolicyDecision(Verdict.IMPLICIT_DENY, -1, null);

    /** @throws IllegalArgumentException where a root has policies: they would not count */
    public Identity {
        Objects.requireNonNull(accessKeyId, "accessKeyId");
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(userId, "userId");
        tags = Map.copyOf(tags);
        policies = List.copyOf(policies);
        if (principal.kind() == Kind.ROOT && !policies.isEmpty()) {
            throw new IllegalArgumentException("no policy counts for an account's root");
        }
    }

    /** Under the user id that is made from the ARN, without tags. */
    public static Identity of(String accessKeyId, PrincipalArn principal, List<Policy> policies) {
        return new Identity(accessKeyId, principal, UserIds.of(principal), Map.of(), policies);
    }

    public String arn() {
        return principal.arn();
    }

    /** 12 digits; need not be the account of the gateway. */
    public String account() {
        return principal.account();
    }

    /** The names under which a policy attached to a resource may speak of it. A session has two: its own, and its role. */
    public List<Principal> names() {
        Principal self = Principal.aws(principal.arn(), principal.account());
        return principal.issuer().equals(principal.arn())
                ? List.of(self)
                : List.of(self, Principal.aws(principal.issuer(), principal.account()));
    }

    /**
     * A question that can be asked of this identity's policies and of those attached to a resource.
     *
     * @param circumstances of the request, asked for when a policy asks; get those of the identity, which nothing in a request can set
     */
    public PolicyQuery query(String action, String resource, Supplier<ConditionKeys.Builder> circumstances) {
        return new PolicyQuery(names(), action, resource, ConditionKeys.later(() -> completed(circumstances.get())));
    }

    private ConditionKeys completed(ConditionKeys.Builder circumstances) {
        circumstances
                .add("aws:PrincipalArn", principal.issuer())
                .add("aws:PrincipalAccount", principal.account())
                .add("aws:PrincipalType", principal.kind().word())
                .add("aws:PrincipalIsAWSService", "false")
                .add("aws:ViaAWSService", "false")
                .add("aws:userid", userId);
        if (principal.kind() == Kind.USER) {
            circumstances.add("aws:username", principal.name());
        }
        if (principal.kind() == Kind.ASSUMED_ROLE) {
            // temporary credentials always say so (IAM user guide, "AWS global condition context keys"), and nobody
            // here asks for a second factor
            circumstances.add("aws:MultiFactorAuthPresent", "false");
        }
        tags.forEach((key, value) -> circumstances.add("aws:PrincipalTag/" + key, value));
        return circumstances.build();
    }

    /**
     * What the identity's own policies say. That is not all there is to ask: a resource may have a policy, too, and one of
     * another account must have one that allows.
     *
     * @param query made by {@link #query}
     */
    public PolicyDecision decide(PolicyQuery query) {
        if (principal.kind() == Kind.ROOT) {
            return ROOT_MAY;
        }
        PolicyDecision decision = SILENT;
        for (Policy policy : policies) {
            PolicyDecision one = policy.evaluate(query);
            if (one.verdict() == Verdict.EXPLICIT_DENY) {
                return one;
            }
            decision = decision.isAllowed() ? decision : one;
        }
        return decision;
    }

    @Override
    public String toString() {
        return principal.arn();
    }
}
