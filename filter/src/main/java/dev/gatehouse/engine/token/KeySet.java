package dev.gatehouse.engine.token;

import dev.gatehouse.engine.json.JsonArray;
import dev.gatehouse.engine.json.JsonLimits;
import dev.gatehouse.engine.json.JsonObject;
import dev.gatehouse.engine.json.JsonReader;
import dev.gatehouse.engine.json.MalformedJsonException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The RS256 keys that an issuer publishes, by their names. Sources: RFC 7517, RFC 7518 6.3. Immutable and thread-safe.
 *
 * <p>Keys of other kinds, for other uses, without a name, with fewer than 2,048 bits or more than 8,192 are left out: a token
 * that names one is signed by nobody.
 */
final class KeySet {

    static final KeySet EMPTY = new KeySet(Map.of());

    private static final int MOST_KEYS = 100;
    private static final int FEWEST_BITS = 2_048;
    private static final int MOST_BITS = 8_192;
    private static final Set<Integer> EXPONENT_BITS = Set.of(2, 17);
    private static final JsonReader JSON = JsonReader.ofUniqueNames(new JsonLimits(16, 64, 64, 64 * 1024));

    private final Map<String, RSAPublicKey> keys;

    private KeySet(Map<String, RSAPublicKey> keys) {
        this.keys = keys;
    }

    /** @throws MalformedKeySetException where the text is no key set, or has no key that is of use, or one name twice */
    static KeySet parse(byte[] document) throws MalformedKeySetException {
        Map<String, RSAPublicKey> keys = new HashMap<>();
        for (Object member : members(document)) {
            if (member instanceof JsonObject key && isForRs256(key)) {
                RSAPublicKey rsa = rsa(key);
                if (rsa != null && keys.put((String) key.get("kid"), rsa) != null) {
                    throw new MalformedKeySetException("two keys have the same kid");
                }
            }
        }
        if (keys.isEmpty()) {
            throw new MalformedKeySetException("it has no RSA key of 2048 bits or more for RS256 signatures");
        }
        return new KeySet(Map.copyOf(keys));
    }

    /** @return null where there is none of that name */
    RSAPublicKey get(String kid) {
        return keys.get(kid);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    private static JsonArray members(byte[] document) throws MalformedKeySetException {
        try {
            if (JSON.parse(document) instanceof JsonObject set
                    && set.get("keys") instanceof JsonArray members
                    && members.size() <= MOST_KEYS) {
                return members;
            }
        } catch (MalformedJsonException e) {
            throw new MalformedKeySetException("it is not JSON: " + e.getMessage());
        }
        throw new MalformedKeySetException("it has no 'keys', or more than " + MOST_KEYS + " of them");
    }

    private static boolean isForRs256(JsonObject key) {
        return "RSA".equals(key.get("kty"))
                && "sig".equals(key.getOrDefault("use", "sig"))
                && "RS256".equals(key.getOrDefault("alg", "RS256"))
                && key.get("kid") instanceof String kid
                && !kid.isEmpty()
                && kid.length() <= SignedToken.LONGEST_KID;
    }

    private static RSAPublicKey rsa(JsonObject key) {
        BigInteger modulus = number(key.get("n"));
        BigInteger exponent = number(key.get("e"));
        boolean usable = modulus != null
                && exponent != null
                && modulus.bitLength() >= FEWEST_BITS
                && modulus.bitLength() <= MOST_BITS
                && modulus.testBit(0)
                && exponent.testBit(0)
                // 3 and 65537: a huge exponent would make every verification slow
                && EXPONENT_BITS.contains(exponent.bitLength());
        if (!usable) {
            return null;
        }
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static BigInteger number(Object base64) {
        try {
            return base64 instanceof String text
                    ? new BigInteger(1, Base64.getUrlDecoder().decode(text))
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
