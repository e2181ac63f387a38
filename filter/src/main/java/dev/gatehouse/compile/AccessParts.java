package dev.gatehouse.compile;

import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.signature.SigV4Verifier;
import java.util.Objects;

/**
 * What authorization needs that no definition says.
 *
 * @param signatures tells who signed a request
 */
public record AccessParts(SigV4Verifier<Identity> signatures) {

    public AccessParts {
        Objects.requireNonNull(signatures, "signatures");
    }
}
