package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.engine.signature.SigV4Verifier;
import dev.gatehouse.http.GatewayRequest;

/**
 * What is not there needs a token that nobody has; but first API Gateway reads an {@code Authorization} header as a signature,
 * whatever it is, and complains of its form (observed: a bearer token on an unknown path).
 */
public final class Unmatched {

    private static final Denial MISSING =
            Denial.of(Denial.Reason.MISSING_AUTHENTICATION_TOKEN, "Missing Authentication Token");

    private Unmatched() {}

    public static Denial denial(GatewayRequest request) {
        return SigV4Verifier.malformation(Signatures.head(request))
                .map(Signatures::denial)
                .orElse(MISSING);
    }
}
