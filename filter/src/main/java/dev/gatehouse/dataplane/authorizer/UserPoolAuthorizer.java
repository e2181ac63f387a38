package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.dataplane.authorizer.Denial.Reason;
import dev.gatehouse.engine.pattern.BoundedPattern;
import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import dev.gatehouse.engine.token.Claims;
import dev.gatehouse.engine.token.TokenIssuer;
import dev.gatehouse.engine.token.TokenVerification;
import dev.gatehouse.engine.token.TokenVerification.Rejected;
import dev.gatehouse.engine.token.TokenVerification.Verified;
import dev.gatehouse.engine.token.TokenVerifier;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Believes the tokens of Amazon Cognito user pools. Source: API Gateway developer guide, "Control access to REST APIs using
 * Amazon Cognito user pools as an authorizer".
 *
 * <p>A method without scopes wants an identity token; one with scopes an access token that has one of them.
 */
public final class UserPoolAuthorizer implements Authorizer {

    private static final String BEARER = "Bearer ";

    /**
     * @param id of the authorizer in its API
     * @param pools whose tokens will do; not empty
     * @param header name of the header that has the token
     * @param audience what the claim {@code aud} must look like as a whole; null where nobody asks
     * @param scopes of the method; empty for identity tokens
     */
    public record Settings(
            String id, List<TokenIssuer> pools, String header, BoundedPattern audience, List<String> scopes) {

        public Settings {
            pools = List.copyOf(pools);
            scopes = List.copyOf(scopes);
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(header, "header");
            if (pools.isEmpty()) {
                throw new IllegalArgumentException("without a pool nobody could be believed");
            }
        }
    }

    private final Settings settings;
    private final TokenVerifier tokens;

    public UserPoolAuthorizer(Settings settings, TokenVerifier tokens) {
        this.settings = settings;
        this.tokens = tokens;
    }

    @Override
    public Finding examine(AccessQuery query) {
        String line = IdentitySources.onlyLine(query.facts().headers(), settings.header());
        if (query.witness() != Witness.NONE) {
            query.witness().asked(settings.id(), query.facts().headers().all(settings.header()));
        }
        if (line == null) {
            return unauthorized("the token is missing, or there are several");
        }
        CompletableFuture<TokenVerification> verification =
                tokens.verify(token(line), settings.pools()).toCompletableFuture();
        return verification.isDone()
                ? finding(verification.join())
                : new Finding.Pending(verification.thenApply(this::finding));
    }

    private static String token(String line) {
        return line.regionMatches(true, 0, BEARER, 0, BEARER.length()) ? line.substring(BEARER.length()) : line;
    }

    private Finding finding(TokenVerification verification) {
        if (verification instanceof Verified verified) {
            String objection = objection(verified.claims());
            return objection == null ? found(verified.claims()) : unauthorized(objection);
        }
        if (verification instanceof Rejected rejected) {
            return rejected.expired()
                    ? Finding.Refused.of(Denial.of(Reason.UNAUTHORIZED, "The incoming token has expired"))
                    : unauthorized(rejected.detail());
        }
        String detail = ((TokenVerification.Unverifiable) verification).detail();
        return Finding.Refused.of(new Denial(Reason.AUTHORIZER_CONFIGURATION_ERROR, null, null, detail));
    }

    /** @return what is wrong with a token although it is genuine; null where nothing is */
    private String objection(Claims claims) {
        boolean identity = settings.scopes().isEmpty();
        if (!(identity ? "id" : "access").equals(claims.text("token_use"))) {
            return identity
                    ? "the token is no identity token, and the method names no scopes"
                    : "the token is no access token, and the method names scopes";
        }
        if (!identity && !hasScope(claims.text("scope"))) {
            return "the token has none of the method's scopes";
        }
        if (settings.audience() == null) {
            return null;
        }
        String audience = claims.text("aud");
        return audience != null && settings.audience().matches(audience)
                ? null
                : "the token's audience is not the one that is wanted";
    }

    private boolean hasScope(String claim) {
        if (claim != null) {
            for (String scope : claim.split(" ")) {
                if (settings.scopes().contains(scope)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Finding found(Claims claims) {
        return Finding.Found.of(CallerFacts.ofToken(claims), Verdict.ALLOW);
    }

    private static Finding unauthorized(String detail) {
        return Finding.Refused.of(
                new Denial(Reason.UNAUTHORIZED, null, "Unauthorized", "Unauthorized request: " + detail));
    }
}
