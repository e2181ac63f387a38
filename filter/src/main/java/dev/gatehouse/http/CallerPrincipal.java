package dev.gatehouse.http;

import java.security.Principal;
import java.util.Objects;
import java.util.Set;

/**
 * Who calls, as the application behind the gateway sees it: {@code getUserPrincipal}, {@code getRemoteUser}, {@code getAuthType}
 * and {@code isUserInRole} of its requests. Proven by the gateway; nothing a client sends can make one up. Immutable.
 *
 * @param name {@code principalId} of a Lambda authorizer, {@code sub} of a user pool's token, or the ARN of who signed
 * @param scheme {@code CUSTOM}, {@code COGNITO_USER_POOLS} or {@code AWS_IAM}
 * @param roles as the configuration's {@code roles} find them
 */
public record CallerPrincipal(String name, String scheme, Set<String> roles) implements Principal {

    public CallerPrincipal {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(scheme, "scheme");
        roles = Set.copyOf(roles);
    }

    @Override
    public String getName() {
        return name;
    }
}
