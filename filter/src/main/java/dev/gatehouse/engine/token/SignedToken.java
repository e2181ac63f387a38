package dev.gatehouse.engine.token;

import dev.gatehouse.engine.json.JsonLimits;
import dev.gatehouse.engine.json.JsonObject;
import dev.gatehouse.engine.json.JsonReader;
import dev.gatehouse.engine.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * A token in compact form, read but not proved. Sources: RFC 7515, RFC 7519, and RFC 8725 for what is not read: a token does not
 * choose its algorithm, and what its header says of keys ({@code jku}, {@code jwk}, {@code x5u}, {@code x5c}) is not looked at.
 *
 * @param kid name of the key in the issuer's set
 * @param claims what it would say if it were proved
 * @param signed what the signature is of: ASCII
 * @param signature of {@code signed}
 */
record SignedToken(String kid, Claims claims, byte[] signed, byte[] signature) {

    /** More than all headers of a request may have at API Gateway (10,240 bytes). */
    static final int LONGEST = 16 * 1024;

    static final int LONGEST_KID = 256;

    private static final JsonReader JSON = JsonReader.ofUniqueNames(new JsonLimits(32, 64, 64, LONGEST));
    private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();

    static SignedToken parse(String compact) throws MalformedTokenException {
        if (compact.length() > LONGEST) {
            throw new MalformedTokenException("the token has more than " + LONGEST + " characters");
        }
        int first = compact.indexOf('.');
        int second = compact.indexOf('.', first + 1);
        if (first < 0 || second < 0 || compact.indexOf('.', second + 1) >= 0) {
            throw new MalformedTokenException("the token has not three parts");
        }
        JsonObject header = object(compact.substring(0, first), "header");
        String kid = header.get("kid") instanceof String text ? text : null;
        if (!"RS256".equals(header.get("alg"))) {
            throw new MalformedTokenException("the token is not signed with RS256");
        }
        if (header.containsKey("crit") || header.containsKey("zip")) {
            throw new MalformedTokenException("the token demands what is not understood");
        }
        if (kid == null || kid.isEmpty() || kid.length() > LONGEST_KID) {
            throw new MalformedTokenException("the token does not name its key");
        }
        return new SignedToken(
                kid,
                new Claims(object(compact.substring(first + 1, second), "payload")),
                compact.substring(0, second).getBytes(StandardCharsets.ISO_8859_1),
                decoded(compact.substring(second + 1), "signature"));
    }

    /** Whether the key's owner signed this. The algorithm is the key's and not the token's. */
    boolean isSignedWith(RSAPublicKey key) {
        try {
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initVerify(key);
            rsa.update(signed);
            return rsa.verify(signature);
        } catch (GeneralSecurityException e) {
            // such as a signature of another length than the key's
            return false;
        }
    }

    private static JsonObject object(String part, String name) throws MalformedTokenException {
        try {
            if (JSON.parse(decoded(part, name)) instanceof JsonObject object) {
                return object;
            }
        } catch (MalformedJsonException e) {
            // said below: what is wrong with it may be a secret
        }
        throw new MalformedTokenException("the " + name + " of the token is no JSON object, or has a name twice");
    }

    private static byte[] decoded(String part, String name) throws MalformedTokenException {
        try {
            byte[] bytes = BASE64.decode(part);
            // one token, one spelling: Java overlooks padding and stray bits at the end
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new MalformedTokenException("the " + name + " of the token is not Base64url");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedToken token
                && Arrays.equals(signed, token.signed)
                && Arrays.equals(signature, token.signature);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(signature);
    }

    /** A token is a secret. */
    @Override
    public String toString() {
        return "SignedToken[kid of " + kid.length() + " characters]";
    }
}
