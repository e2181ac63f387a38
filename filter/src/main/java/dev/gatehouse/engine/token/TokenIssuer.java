package dev.gatehouse.engine.token;

import java.net.URI;
import java.util.Objects;

/**
 * Somebody whose tokens are trusted.
 *
 * @param issuer what the claim {@code iss} must say, character for character
 * @param keys where the key set is, http or https
 */
public record TokenIssuer(String issuer, URI keys) {

    public TokenIssuer {
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(keys, "keys");
    }
}
