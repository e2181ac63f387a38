package dev.gatehouse.compile;

import dev.gatehouse.dataplane.authorizer.AuthorizerCache;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.signature.SigV4Verifier;
import dev.gatehouse.engine.token.TokenVerifier;
import java.util.Objects;

/**
 * What authorization needs that no definition says.
 *
 * @param signatures tells who signed a request
 * @param tokens proves tokens of user pools
 * @param userPools whose tokens those are
 * @param authorizerCache remembers what Lambda authorizers say
 */
public record AccessParts(
        SigV4Verifier<Identity> signatures,
        TokenVerifier tokens,
        UserPoolIssuers userPools,
        AuthorizerCache authorizerCache) {

    public AccessParts {
        Objects.requireNonNull(signatures, "signatures");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(userPools, "userPools");
        Objects.requireNonNull(authorizerCache, "authorizerCache");
    }
}
