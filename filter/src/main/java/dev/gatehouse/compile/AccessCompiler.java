package dev.gatehouse.compile;

import dev.gatehouse.dataplane.authorizer.Access;
import dev.gatehouse.dataplane.authorizer.Guard;
import dev.gatehouse.definition.AuthorizationType;
import dev.gatehouse.definition.Method;
import dev.gatehouse.engine.policy.Policy;

/** Who may call a method. */
final class AccessCompiler {

    private final ApiOwner owner;
    private final AccessParts parts;

    AccessCompiler(ApiOwner owner, AccessParts parts) {
        this.owner = owner;
        this.parts = parts;
    }

    /**
     * @param resourcePolicy of the API; null where it has none
     * @return never open where the definition asks for authorization; problems are noted at the place
     */
    Access compile(Method method, Policy resourcePolicy, Place place) {
        if (method.authorizationType() == AuthorizationType.NONE) {
            return Guard.byPolicyOnly(resourcePolicy, owner.accountId());
        }
        place.problem("authorizationType " + method.authorizationType()
                + " is not enforced by this version of Gatehouse, so the method is refused rather than left open");
        return query -> {
            throw new IllegalStateException("a method with problems does not serve");
        };
    }
}
