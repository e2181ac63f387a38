package dev.gatehouse.dataplane.snapshot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 of the value of an API key. Values are looked up by it, so the time of a search tells nothing of a value: where a guess
 * falls is even, and two hashes are compared as a whole.
 */
record KeyHash(long a, long b, long c, long d) {

    private static final MessageDigest SHA_256 = sha256();

    static KeyHash of(String value) {
        ByteBuffer digest = ByteBuffer.wrap(fresh().digest(value.getBytes(StandardCharsets.UTF_8)));
        return new KeyHash(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    }

    /** A copy is quicker than asking the security providers. */
    private static MessageDigest fresh() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            return sha256();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int hashCode() {
        return (int) a;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyHash hash && is(hash.a, hash.b, hash.c, hash.d);
    }

    /** No part is passed over, whichever differs. */
    boolean is(long otherA, long otherB, long otherC, long otherD) {
        return ((a ^ otherA) | (b ^ otherB) | (c ^ otherC) | (d ^ otherD)) == 0;
    }

    /** Nothing that could be compared with what somebody has. */
    @Override
    public String toString() {
        return "KeyHash";
    }
}
