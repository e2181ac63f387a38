package dev.gatehouse.engine.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.engine.token.TokenVerification.Rejected;
import dev.gatehouse.engine.token.TokenVerification.Unverifiable;
import dev.gatehouse.engine.token.TokenVerification.Verified;
import dev.gatehouse.http.HttpSender;
import java.math.BigDecimal;
import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Proves tokens: RS256 with a key of the issuer that the token names, an issuer among those that are trusted, {@code exp} in the
 * future and {@code nbf}, where there is one, in the past. Sources: RFC 7515, RFC 7519, Amazon Cognito developer guide,
 * "Verifying a JSON Web Token". Thread-safe.
 *
 * <p>A token that was proved once is remembered, and not proved again as long as its key is in the issuer's set. Its dates are
 * looked at each time. Only proved tokens are remembered: invented ones take no memory.
 */
public final class TokenVerifier {

    /** Characters of tokens that are remembered, with their claims about five times as many bytes. */
    private static final long REMEMBERED = 8L * 1024 * 1024;

    private static final Rejected UNTRUSTED = new Rejected(false, "the token is of no issuer that is trusted here");
    private static final Rejected UNSIGNED = new Rejected(false, "no key of the issuer has signed the token");
    private static final Rejected EXPIRED = new Rejected(true, "the token has expired");
    private static final Rejected NOT_YET = new Rejected(false, "the token is not valid yet");
    private static final Rejected DATELESS =
            new Rejected(false, "the token has no date of expiry, or one that is none");

    /** A token that was proved, and with what. */
    private record Proof(Verified verified, String kid, RSAPublicKey key) {}

    private final InstantSource clock;
    private final Cache<URI, RemoteKeySet> keySets;
    private final Cache<String, Proof> proofs;
    private final HttpSender http;
    private final LongSupplier nanos;
    private final KeySetSettings settings;

    /**
     * @param http fetches key sets
     * @param clock what the dates of tokens are compared with
     * @param nanos a clock as {@link System#nanoTime}, for the age of key sets
     */
    public TokenVerifier(HttpSender http, InstantSource clock, LongSupplier nanos, KeySetSettings settings) {
        this.http = http;
        this.clock = clock;
        this.nanos = nanos;
        this.settings = settings;
        this.keySets = Caffeine.newBuilder()
                .maximumSize(settings.maxSets())
                .executor(Runnable::run)
                .build();
        this.proofs = Caffeine.newBuilder()
                .maximumWeight(REMEMBERED)
                .weigher((String token, Proof proof) -> token.length())
                .executor(Runnable::run)
                .build();
    }

    /**
     * @param compact any text
     * @param trusted whose tokens will do
     * @return at once, unless keys have to be fetched; does not fail
     */
    public CompletionStage<TokenVerification> verify(String compact, List<TokenIssuer> trusted) {
        Proof earlier = proofs.getIfPresent(compact);
        if (earlier != null
                && trusted.contains(earlier.verified.issuer())
                && keySet(earlier.verified.issuer()).known(earlier.kid) == earlier.key) {
            return CompletableFuture.completedFuture(inTime(earlier.verified));
        }
        SignedToken token;
        try {
            token = SignedToken.parse(compact);
        } catch (MalformedTokenException e) {
            return CompletableFuture.completedFuture(new Rejected(false, e.getMessage()));
        }
        TokenIssuer issuer = issuer(token.claims(), trusted);
        if (issuer == null) {
            return CompletableFuture.completedFuture(UNTRUSTED);
        }
        RemoteKeySet keys = keySet(issuer);
        RSAPublicKey known = keys.known(token.kid());
        return known != null
                ? CompletableFuture.completedFuture(prove(compact, token, issuer, known))
                : keys.lookUp().thenApply(set -> prove(compact, token, issuer, set));
    }

    private RemoteKeySet keySet(TokenIssuer issuer) {
        return keySets.get(issuer.keys(), location -> new RemoteKeySet(http, location, nanos, settings));
    }

    private static TokenIssuer issuer(Claims claims, List<TokenIssuer> trusted) {
        String named = claims.text("iss");
        for (TokenIssuer issuer : trusted) {
            if (issuer.issuer().equals(named)) {
                return issuer;
            }
        }
        return null;
    }

    private TokenVerification prove(String compact, SignedToken token, TokenIssuer issuer, KeySet set) {
        if (set.isEmpty()) {
            return new Unverifiable("the key set of " + issuer.issuer() + " cannot be fetched");
        }
        RSAPublicKey key = set.get(token.kid());
        return key == null ? UNSIGNED : prove(compact, token, issuer, key);
    }

    private TokenVerification prove(String compact, SignedToken token, TokenIssuer issuer, RSAPublicKey key) {
        if (!token.isSignedWith(key)) {
            return UNSIGNED;
        }
        Verified verified = new Verified(issuer, token.claims());
        TokenVerification answer = inTime(verified);
        if (answer == verified) {
            proofs.put(compact, new Proof(verified, token.kid(), key));
        }
        return answer;
    }

    private TokenVerification inTime(Verified verified) {
        Claims claims = verified.claims();
        BigDecimal expiry = claims.date("exp");
        BigDecimal from = claims.has("nbf") ? claims.date("nbf") : BigDecimal.ZERO;
        if (expiry == null || from == null) {
            return DATELESS;
        }
        Instant instant = clock.instant();
        BigDecimal now = BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9));
        if (expiry.compareTo(now) <= 0) {
            return EXPIRED;
        }
        return from.compareTo(now) <= 0 ? verified : NOT_YET;
    }
}
