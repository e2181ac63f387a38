package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.dataplane.authorizer.Finding.Found;
import dev.gatehouse.dataplane.authorizer.Finding.Signer;
import dev.gatehouse.engine.policy.ConditionKeys;
import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import dev.gatehouse.engine.policy.PolicyQuery;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** A method's access: an authorizer, the API's resource policy, and the rule that makes one decision of what both say. */
public final class Guard implements Access {

    private final Authorization authorization;
    private final Authorizer authorizer;
    private final Policy resourcePolicy;
    private final String account;

    /**
     * @param authorizer null for {@link Authorization#NONE} only
     * @param resourcePolicy null where the API has none
     * @param account owner of the API
     */
    private Guard(Authorization authorization, Authorizer authorizer, Policy resourcePolicy, String account) {
        this.authorization = authorization;
        this.authorizer = authorizer;
        this.resourcePolicy = resourcePolicy;
        this.account = Objects.requireNonNull(account, "account");
    }

    /** Without authorization. {@link Access#OPEN} where there is no resource policy either. */
    public static Access byPolicyOnly(Policy resourcePolicy, String account) {
        return resourcePolicy == null ? OPEN : new Guard(Authorization.NONE, null, resourcePolicy, account);
    }

    /**
     * @param authorization any but {@link Authorization#NONE}
     * @param resourcePolicy null where the API has none
     * @param account owner of the API
     */
    public static Access of(Authorization authorization, Authorizer authorizer, Policy resourcePolicy, String account) {
        if (authorization == Authorization.NONE) {
            throw new IllegalArgumentException("without authorization nobody is asked");
        }
        return new Guard(authorization, Objects.requireNonNull(authorizer, "authorizer"), resourcePolicy, account);
    }

    @Override
    public Decision decide(AccessQuery query) {
        if (authorization == Authorization.NONE) {
            return ruled(query, Found.of(CallerFacts.NOBODY, Verdict.ALLOW), anonymous(query));
        }
        if (authorization == Authorization.AWS_IAM) {
            return decided(query, authorizer.examine(query), null);
        }
        Verdict unseen = anonymous(query);
        if (authorization.deniesBeforehand(unseen)) {
            query.witness().ruled(authorization, CallerFacts.NOBODY, null, unseen);
            return new Decision.Denied(Denials.byPolicy(null, query.methodArn(), unseen), CallerFacts.NOBODY);
        }
        return decided(query, authorizer.examine(query), unseen);
    }

    private Decision decided(AccessQuery query, Finding finding, Verdict unseen) {
        if (finding instanceof Finding.Pending pending) {
            CompletionStage<Decision> later = pending.finding().thenApply(known -> decided(query, known, unseen));
            return new Decision.Pending(later);
        }
        if (finding instanceof Finding.Refused refused) {
            return new Decision.Denied(refused.denial(), refused.caller());
        }
        Found found = (Found) finding;
        return ruled(query, found, found.signer() == null ? unseen : seen(found));
    }

    private Decision ruled(AccessQuery query, Found found, Verdict resource) {
        Signer signer = found.signer();
        boolean sameAccount = signer == null || signer.identity().account().equals(account);
        Verdict verdict = authorization.combine(found.own(), resource, sameAccount);
        query.witness()
                .ruled(
                        authorization,
                        found.caller(),
                        authorization == Authorization.NONE ? null : found.own(),
                        resource);
        if (verdict == Verdict.ALLOW) {
            return new Decision.Allowed(found.caller());
        }
        Denial denial = authorization == Authorization.CUSTOM
                ? Denials.byAuthorizer(verdict)
                : Denials.byPolicy(signer == null ? null : signer.identity().arn(), query.methodArn(), verdict);
        return new Decision.Denied(denial, found.caller());
    }

    /** @return what the resource policy says of a caller whom nobody knows; null where there is none */
    private Verdict anonymous(AccessQuery query) {
        if (resourcePolicy == null) {
            return null;
        }
        PolicyQuery asked = new PolicyQuery(
                List.of(),
                Circumstances.INVOKE,
                query.methodArn(),
                ConditionKeys.later(() -> Circumstances.of(query).build()));
        return resourcePolicy.evaluate(asked).verdict();
    }

    /**
     * An account that is allowed as a whole is told to decide itself whom of its own it lets in; that is no permission for
     * anybody yet (AWS Identity and Access Management user guide, "AWS account principals").
     */
    private Verdict seen(Found found) {
        if (resourcePolicy == null) {
            return null;
        }
        Signer signer = found.signer();
        Verdict verdict = resourcePolicy.evaluate(signer.query()).verdict();
        boolean sameAccount = signer.identity().account().equals(account);
        boolean delegated = sameAccount && verdict == Verdict.ALLOW && !resourcePolicy.allowsInPerson(signer.query());
        return delegated ? Verdict.IMPLICIT_DENY : verdict;
    }
}
