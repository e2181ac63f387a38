package dev.gatehouse.compile;

import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.lambda.FunctionName;
import dev.gatehouse.engine.signature.SigV4Verifier;
import dev.gatehouse.engine.template.TemplateEngine;
import dev.gatehouse.engine.template.TemplateLimits;
import java.time.InstantSource;
import java.util.function.Predicate;

/** A compiler as a gateway has one, in us-east-1 and of account 123456789012. */
public final class TestCompilers {

    private static final ApiOwner OWNER = new ApiOwner("123456789012", "us-east-1");

    private TestCompilers() {}

    /** Every function exists; nobody has an access key. */
    public static StageCompiler compiler() {
        return compiler(function -> true, IdentitySource.NOBODY, InstantSource.system());
    }

    public static StageCompiler compiler(
            Predicate<FunctionName> functions, IdentitySource identities, InstantSource clock) {
        AccessParts parts = new AccessParts(new SigV4Verifier<>(identities, clock, OWNER.region(), "execute-api"));
        return new StageCompiler(OWNER, new TemplateEngine(TemplateLimits.DEFAULT), functions, parts);
    }
}
