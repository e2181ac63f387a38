package dev.gatehouse.engine.signature;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The derived keys of those who signed last: a day's requests of one client need one. A table of fixed size in which two keys
 * may push each other out; that costs four digests, and no client can make it grow, because only keys that exist get in.
 */
final class SigningKeys {

    private static final int SLOTS = 4096;

    private final AtomicReferenceArray<SigningKey> slots = new AtomicReferenceArray<>(SLOTS);

    SigningKey of(String accessKeyId, String secret, SigningScope scope) {
        int hash = accessKeyId.hashCode() * 31 + secret.hashCode();
        hash = hash * 31 + scope.timestamp().charAt(7);
        hash = hash * 31 + scope.region().hashCode();
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        SigningKey known = slots.get(slot);
        if (known != null && known.isOf(accessKeyId, secret, scope)) {
            return known;
        }
        SigningKey derived = SigningKey.derive(accessKeyId, secret, scope);
        slots.set(slot, derived);
        return derived;
    }
}
