package dev.gatehouse.engine.signature;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Resolves access keys: the port that an embedder implements. Thread-safe, and quick: it is asked once per request.
 *
 * @param <P> whom an access key stands for; this package hands it through and never looks at it
 */
@FunctionalInterface
public interface KeySource<P> {

    /**
     * @param accessKeyId as the client wrote it; nothing is known of it, not even its length
     * @return empty where nobody may sign with that key: unknown, deleted, disabled
     */
    Optional<Key<P>> find(String accessKeyId);

    /**
     * What an access key is.
     *
     * @param secretAccessKeys one or more, so that a secret can be replaced while clients still sign with the old one
     * @param sessionToken that must come with every request; null for long-term keys, which must come without
     * @param expiration from when on the key is void; null for one that does not expire
     * @param principal whom it stands for
     */
    record Key<P>(List<String> secretAccessKeys, String sessionToken, Instant expiration, P principal) {

        public Key {
            secretAccessKeys = List.copyOf(secretAccessKeys);
            if (secretAccessKeys.isEmpty()) {
                throw new IllegalArgumentException("an access key has one secret or more");
            }
            Objects.requireNonNull(principal, "principal");
        }

        /** A long-term key. */
        public static <P> Key<P> of(String secretAccessKey, P principal) {
            return new Key<>(List.of(secretAccessKey), null, null, principal);
        }

        /** Whom it stands for, and nothing secret: this text ends in logs. */
        @Override
        public String toString() {
            return "Key[" + principal + "]";
        }
    }
}
