package dev.gatehouse.engine.signature;

import java.security.DigestException;
import java.security.MessageDigest;

/**
 * A derived key, ready to sign: HMAC-SHA256 (RFC 2104) with its two paddings laid out, because the platform's {@code Mac} would
 * lay them out anew for every signature.
 */
final class SigningKey {

    static final int BLOCK = 64;
    static final int SPACE = BLOCK + 32;

    private final String accessKeyId;
    private final String secret;
    private final String date;
    private final String region;
    private final byte[] inner;
    private final byte[] outer;

    private SigningKey(String accessKeyId, String secret, String date, String region, byte[] inner, byte[] outer) {
        this.accessKeyId = accessKeyId;
        this.secret = secret;
        this.date = date;
        this.region = region;
        this.inner = inner;
        this.outer = outer;
    }

    static SigningKey derive(String accessKeyId, String secret, SigningScope scope) {
        byte[] key = scope.key(secret);
        byte[] inner = new byte[BLOCK];
        byte[] outer = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            byte b = i < key.length ? key[i] : 0;
            inner[i] = (byte) (b ^ 0x36);
            outer[i] = (byte) (b ^ 0x5c);
        }
        return new SigningKey(accessKeyId, secret, scope.date(), scope.region(), inner, outer);
    }

    /** Of one service: all keys of a verifier are. */
    boolean isOf(String wantedId, String wantedSecret, SigningScope scope) {
        return accessKeyId.equals(wantedId)
                && secret.equals(wantedSecret)
                && scope.timestamp().startsWith(date)
                && scope.region().equals(region);
    }

    /**
     * Two digests, each of one piece of memory: every further piece would cost a call.
     *
     * @param space for padding and text, and at least {@value #SPACE}; overwritten
     * @param mac 32 bytes, overwritten
     */
    void sign(byte[] text, int length, MessageDigest sha256, byte[] space, byte[] mac) throws DigestException {
        System.arraycopy(inner, 0, space, 0, BLOCK);
        System.arraycopy(text, 0, space, BLOCK, length);
        sha256.update(space, 0, BLOCK + length);
        System.arraycopy(outer, 0, space, 0, BLOCK);
        sha256.digest(space, BLOCK, mac.length);
        sha256.update(space, 0, SPACE);
        sha256.digest(mac, 0, mac.length);
    }
}
