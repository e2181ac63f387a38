package dev.gatehouse.engine.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** An issuer's workshop: keys, key sets and tokens, made by a library that is not ours. */
public final class Tokens {

    /** The key that {@link #keySet()} publishes as {@code first}. */
    public static final RSAKey FIRST = key("first", 2048);

    /** Published as {@code second} by {@link #keySet(RSAKey...)} only. */
    public static final RSAKey SECOND = key("second", 2048);

    private Tokens() {}

    public static RSAKey key(String kid, int bits) {
        try {
            return new RSAKeyGenerator(bits, true)
                    .keyID(kid)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public half of the first key, as an issuer publishes it. */
    public static String keySet() {
        return keySet(FIRST);
    }

    public static String keySet(RSAKey... keys) {
        return new JWKSet(List.of(keys)).toString(true);
    }

    /** @param claims JSON text */
    public static String signed(String claims) {
        return signed(FIRST, claims);
    }

    public static String signed(RSAKey key, String claims) {
        return signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                key,
                claims);
    }

    public static String signed(JWSHeader header, RSAKey key, String claims) {
        try {
            JWSObject token = new JWSObject(header, new Payload(claims));
            token.sign(new RSASSASigner(key.toPrivateKey()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One part of a token. */
    public static String part(String text) {
        return part(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
