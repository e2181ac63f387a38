package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.token.Claims;
import java.util.Collections;
import java.util.Map;

/**
 * What became known of a caller.
 *
 * @param identity {@code $context.identity}, as far as it speaks of the caller
 * @param authorizer {@code $context.authorizer}; null where no authorizer ran
 * @param usageIdentifierKey the API key that an authorizer names for the caller; null where none did
 * @param known who it is for the application; null for nobody in particular
 */
public record CallerFacts(
        CallContext.Caller identity, Map<String, Object> authorizer, String usageIdentifierKey, KnownCaller known) {

    public static final CallerFacts NOBODY = new CallerFacts(CallContext.Caller.NOBODY, null, null, null);

    /** By a signature. */
    static CallerFacts signed(CallContext.Caller caller, Identity identity) {
        return new CallerFacts(caller, null, null, KnownCaller.signed(identity));
    }

    /** By the word of a Lambda authorizer. */
    static CallerFacts told(AuthorizerResult result, Map<String, Object> authorizer) {
        return new CallerFacts(
                CallContext.Caller.NOBODY,
                Collections.unmodifiableMap(authorizer),
                result.usageIdentifierKey(),
                KnownCaller.told(result.principalId(), result.context()));
    }

    /** By a token of a user pool. */
    static CallerFacts ofToken(Claims claims) {
        return new CallerFacts(
                CallContext.Caller.NOBODY, Map.of("claims", new ClaimsView(claims)), null, KnownCaller.ofToken(claims));
    }
}
