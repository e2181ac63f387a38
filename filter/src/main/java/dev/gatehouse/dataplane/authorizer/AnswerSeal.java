package dev.gatehouse.dataplane.authorizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes answers of authorizers fit for a place that others can read and write: encrypted and signed with AES-GCM, bound to the question,
 * and with an end. Questions become keyed hashes, from which no token can be found by trying. Thread-safe.
 */
final class AnswerSeal {

    /** Of the key that both others are made of. */
    static final int KEY_BYTES = 32;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /**
     * An answer that was sealed.
     *
     * @param output what the function returned
     * @param millis for how long it counts from now on
     */
    record Opened(byte[] output, long millis) {}

    private final SecretKeySpec naming;
    private final SecretKeySpec sealing;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** @param key {@value #KEY_BYTES} bytes that all nodes have and nobody else */
    AnswerSeal(byte[] key, InstantSource clock) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key must have " + KEY_BYTES + " bytes, not " + key.length);
        }
        SecretKeySpec root = new SecretKeySpec(key, "HmacSHA256");
        this.naming = new SecretKeySpec(hash(root, "question".getBytes(UTF_8)), "HmacSHA256");
        this.sealing = new SecretKeySpec(hash(root, "answer".getBytes(UTF_8)), "AES");
        this.clock = clock;
    }

    /** What a question is called. Lengths keep apart what would otherwise run into each other. */
    String name(AuthorizerCache.Key key) {
        AuthorizerCache.Scope scope = key.authorizer();
        StringBuilder text = new StringBuilder();
        for (String part :
                new String[] {scope.apiId(), scope.stage(), scope.authorizerId(), scope.definition(), key.identity()}) {
            text.append(part.length()).append(':').append(part);
        }
        return HexFormat.of().formatHex(hash(naming, text.toString().getBytes(UTF_8)));
    }

    byte[] seal(String name, byte[] output, long millis) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ByteBuffer plain = ByteBuffer.allocate(Long.BYTES + output.length)
                .putLong(clock.millis() + millis)
                .put(output);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, name, nonce).doFinal(plain.array());
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return null where it is over, is about something else, or is none of ours */
    Opened open(String name, byte[] sealed) {
        if (sealed.length < NONCE_BYTES + Long.BYTES + TAG_BITS / 8) {
            return null;
        }
        try {
            ByteBuffer plain = ByteBuffer.wrap(cipher(Cipher.DECRYPT_MODE, name, Arrays.copyOf(sealed, NONCE_BYTES))
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
            long millis = plain.getLong() - clock.millis();
            byte[] output = new byte[plain.remaining()];
            plain.get(output);
            return millis > 0 ? new Opened(output, millis) : null;
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private Cipher cipher(int mode, String name, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(UTF_8));
        return cipher;
    }

    private static byte[] hash(SecretKeySpec key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
