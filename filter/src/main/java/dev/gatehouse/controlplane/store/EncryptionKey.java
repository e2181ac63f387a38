package dev.gatehouse.controlplane.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a store is encrypted with: AES-256 in GCM for texts, HMAC-SHA256 for what entries are found by, each with a key of its own
 * that is derived from one secret. Its text form shows nothing of it. Thread-safe.
 */
public final class EncryptionKey {

    private static final int BYTES = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec texts;
    private final SecretKeySpec lookups;
    private final SecureRandom random = new SecureRandom();

    private EncryptionKey(byte[] secret) {
        texts = new SecretKeySpec(mac(new SecretKeySpec(secret, "HmacSHA256"), "gatehouse store texts"), "AES");
        lookups = new SecretKeySpec(
                mac(new SecretKeySpec(secret, "HmacSHA256"), "gatehouse store lookups"), "HmacSHA256");
    }

    /**
     * @param base64 32 bytes
     * @throws IllegalArgumentException where it is something else; the message does not show it
     */
    public static EncryptionKey parse(String base64) {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("an encryption key is 32 bytes in Base64, and this is no Base64");
        }
        if (secret.length != BYTES) {
            throw new IllegalArgumentException(
                    "an encryption key is 32 bytes in Base64, and these are " + secret.length);
        }
        return new EncryptionKey(secret);
    }

    /** A new one, which nobody ever learns: for a store that ends with this process. */
    public static EncryptionKey random() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return new EncryptionKey(secret);
    }

    /**
     * @param place which text this is: a text that was moved elsewhere is not opened
     * @return nonce, cipher text and tag
     */
    byte[] seal(byte[] text, String place) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, 0, place);
            byte[] sealed = new byte[NONCE + cipher.getOutputSize(text.length)];
            System.arraycopy(nonce, 0, sealed, 0, NONCE);
            cipher.doFinal(text, 0, text.length, sealed, NONCE);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES in GCM", e);
        }
    }

    /** @return null where it was sealed with another key or for another place, or has been changed since */
    byte[] open(byte[] sealed, String place) {
        if (sealed.length < NONCE + TAG_BITS / Byte.SIZE) {
            return null;
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, sealed, 0, place).doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES in GCM", e);
        }
    }

    /** The same for the same value, and nobody without the key can tell which value it was. */
    String blind(String value) {
        return HexFormat.of().formatHex(mac(lookups, value));
    }

    private Cipher cipher(int mode, byte[] nonce, int offset, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, texts, new GCMParameterSpec(TAG_BITS, nonce, offset, NONCE));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] mac(SecretKeySpec key, String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    @Override
    public String toString() {
        return "EncryptionKey[***]";
    }
}
