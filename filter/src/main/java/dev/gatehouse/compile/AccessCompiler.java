package dev.gatehouse.compile;

import dev.gatehouse.dataplane.authorizer.Access;
import dev.gatehouse.dataplane.authorizer.Authorization;
import dev.gatehouse.dataplane.authorizer.Guard;
import dev.gatehouse.dataplane.authorizer.IamAuthorizer;
import dev.gatehouse.definition.AuthorizationType;
import dev.gatehouse.definition.Authorizer;
import dev.gatehouse.definition.Method;
import dev.gatehouse.engine.policy.Policy;
import java.util.List;
import java.util.Map;

/** Who may call a method. */
final class AccessCompiler {

    private static final Access CLOSED = query -> {
        throw new IllegalStateException("a method with problems does not serve");
    };

    private final ApiOwner owner;
    private final AccessParts parts;
    private final AuthorizerCompiler authorizers;

    /** @param reachable which functions can be called, and in whose name */
    AccessCompiler(ApiOwner owner, AccessParts parts, Reachable reachable) {
        this.owner = owner;
        this.parts = parts;
        this.authorizers = new AuthorizerCompiler(parts, reachable);
    }

    /**
     * @param declared authorizers of the API
     * @param variables of the stage
     * @param resourcePolicy of the API; null where it has none
     * @return never open where the definition asks for authorization; problems are noted at the place
     */
    Access compile(
            Method method,
            List<Authorizer> declared,
            Map<String, String> variables,
            Policy resourcePolicy,
            Place place) {
        if (method.authorizationType() == null) {
            place.problem("authorizationType null is not enforced: the method is refused rather than left open");
            return CLOSED;
        }
        if (method.authorizationType() == AuthorizationType.NONE) {
            return Guard.byPolicyOnly(resourcePolicy, owner.accountId());
        }
        if (method.authorizationType() == AuthorizationType.AWS_IAM) {
            return Guard.of(
                    Authorization.AWS_IAM, new IamAuthorizer(parts.signatures()), resourcePolicy, owner.accountId());
        }
        Authorization authorization =
                Authorization.valueOf(method.authorizationType().name());
        return authorizers
                .compile(method, declared, variables, place)
                .map(authorizer -> Guard.of(authorization, authorizer, resourcePolicy, owner.accountId()))
                .orElse(CLOSED);
    }
}
