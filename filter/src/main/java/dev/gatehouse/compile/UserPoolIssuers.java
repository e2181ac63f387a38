package dev.gatehouse.compile;

import dev.gatehouse.engine.token.TokenIssuer;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose tokens stand for a user pool: where nobody says otherwise those that Amazon Cognito issues for it (Amazon Cognito
 * developer guide, "Verifying a JSON Web Token"). Immutable and thread-safe.
 */
public final class UserPoolIssuers {

    /** Every pool is where Amazon has it. */
    public static final UserPoolIssuers AMAZON = new UserPoolIssuers(Map.of());

    private static final Pattern ARN = Pattern.compile(
            "arn:aws[a-z-]*:cognito-idp:(?<region>[a-z0-9-]+):\\d{12}:userpool/(?<pool>[\\w-]+_[0-9A-Za-z]+)");

    private final Map<String, TokenIssuer> byArn;

    /** @param byArn the pools that are somewhere else */
    public UserPoolIssuers(Map<String, TokenIssuer> byArn) {
        this.byArn = Map.copyOf(byArn);
    }

    /** @return empty where the text is not the ARN of a user pool */
    Optional<TokenIssuer> of(String arn) {
        TokenIssuer configured = byArn.get(arn);
        if (configured != null) {
            return Optional.of(configured);
        }
        Matcher pool = ARN.matcher(arn);
        return pool.matches() ? Optional.of(amazons(pool.group("region"), pool.group("pool"))) : Optional.empty();
    }

    private static TokenIssuer amazons(String region, String pool) {
        String domain = region.startsWith("cn-") ? ".amazonaws.com.cn/" : ".amazonaws.com/";
        String issuer = "https://cognito-idp." + region + domain + pool;
        return new TokenIssuer(issuer, URI.create(issuer + "/.well-known/jwks.json"));
    }
}
