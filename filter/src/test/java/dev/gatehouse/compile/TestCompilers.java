package dev.gatehouse.compile;

import dev.gatehouse.dataplane.authorizer.AuthorizerCache;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.signature.SigV4Verifier;
import dev.gatehouse.engine.template.TemplateEngine;
import dev.gatehouse.engine.template.TemplateLimits;
import dev.gatehouse.engine.token.KeySetSettings;
import dev.gatehouse.engine.token.TokenVerifier;
import dev.gatehouse.http.HttpSender;
import java.time.InstantSource;

/** A compiler as a gateway has one, in us-east-1 and of account 123456789012. */
public final class TestCompilers {

    private static final ApiOwner OWNER = new ApiOwner("123456789012", "us-east-1");

    private TestCompilers() {}

    /** Every function exists; nobody has an access key. */
    public static StageCompiler compiler() {
        return compiler(Reachable.functions(function -> true), IdentitySource.NOBODY, InstantSource.system());
    }

    public static StageCompiler compiler(Reachable reachable, IdentitySource identities, InstantSource clock) {
        return compiler(reachable, identities, clock, request -> {
            throw new AssertionError("nobody fetches keys here");
        });
    }

    /** @param keySets answers those who fetch the keys of user pools */
    public static StageCompiler compiler(
            Reachable reachable, IdentitySource identities, InstantSource clock, HttpSender keySets) {
        AccessParts parts = new AccessParts(
                new SigV4Verifier<>(identities, clock, OWNER.region(), "execute-api"),
                new TokenVerifier(keySets, clock, () -> 0, KeySetSettings.DEFAULT),
                UserPoolIssuers.AMAZON,
                new AuthorizerCache(() -> 0));
        return new StageCompiler(OWNER, new TemplateEngine(TemplateLimits.DEFAULT), reachable, parts);
    }
}
