package dev.gatehouse.engine.signature;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What is needed to prove one signature, kept for the next one. Belongs to one thread at a time. */
final class Workbench {

    private static final int KEPT = 64 * 1024;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    final CanonicalText request = new CanonicalText();
    final CanonicalText toSign = new CanonicalText();
    private final byte[] digest = new byte[32];
    private final MessageDigest sha256;
    private byte[] space = new byte[512];

    Workbench() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** @return good until the next call */
    byte[] hash(byte[] bytes, int length) {
        try {
            sha256.update(bytes, 0, length);
            sha256.digest(digest, 0, digest.length);
            return digest;
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has 32 bytes", e);
        }
    }

    /**
     * Looks at the whole signature whatever it finds, so that its duration tells nothing of where the difference is.
     *
     * @param signature null for none
     */
    boolean isSignedWith(SigningKey key, byte[] signature) {
        if (space.length < SigningKey.BLOCK + toSign.length()) {
            space = new byte[SigningKey.BLOCK + toSign.length()];
        }
        try {
            key.sign(toSign.bytes(), toSign.length(), sha256, space, digest);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has 32 bytes", e);
        }
        return signature != null && differences(digest, signature) == 0;
    }

    /** Of two digests, in four steps without a branch. */
    private static long differences(byte[] expected, byte[] sent) {
        long differences = 0;
        for (int i = 0; i < 32; i += 8) {
            differences |= (long) LONGS.get(expected, i) ^ (long) LONGS.get(sent, i);
        }
        return differences;
    }

    /** A few of them, for as many threads as prove signatures at the same time; more threads make their own. */
    static final class Pool {

        private final AtomicReferenceArray<Workbench> slots = new AtomicReferenceArray<>(64);

        Workbench take() {
            Workbench kept = slots.getAndSet(slot(), null);
            return kept == null ? new Workbench() : kept;
        }

        void giveBack(Workbench workbench) {
            if (workbench.request.bytes().length <= KEPT && workbench.toSign.bytes().length <= KEPT) {
                slots.lazySet(slot(), workbench);
            }
        }

        @SuppressWarnings("deprecation") // threadId() came with Java 19
        private int slot() {
            return (int) Thread.currentThread().getId() & slots.length() - 1;
        }
    }
}
