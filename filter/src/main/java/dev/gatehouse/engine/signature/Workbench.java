package dev.gatehouse.engine.signature;

import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What is needed to prove one signature, kept for the next one. Belongs to one thread at a time. */
final class Workbench {

    private static final int KEPT = 64 * 1024;

    final CanonicalText request = new CanonicalText();
    final CanonicalText toSign = new CanonicalText();
    final byte[] digest = new byte[32];
    private final byte[] mac = new byte[32];
    private final MessageDigest sha256;

    Workbench() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Fills {@link #digest}. */
    void hash(byte[] bytes, int length) {
        try {
            sha256.update(bytes, 0, length);
            sha256.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has 32 bytes", e);
        }
    }

    /** Looks at the whole signature whatever it finds, so that its duration tells nothing of where the difference is. */
    boolean isSignedWith(SigningKey key, String signature) {
        try {
            key.sign(toSign.bytes(), toSign.length(), sha256, mac);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has 32 bytes", e);
        }
        if (signature.length() != 64) {
            return false;
        }
        int difference = 0;
        for (int i = 0; i < 64; i++) {
            int half = i % 2 == 0 ? mac[i / 2] >> 4 & 15 : mac[i / 2] & 15;
            // '0' to '9', then 'a' to 'f', without a branch
            int expected = half + '0' + ((9 - half) >>> 31) * ('a' - '0' - 10);
            difference |= expected ^ signature.charAt(i);
        }
        return difference == 0;
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
