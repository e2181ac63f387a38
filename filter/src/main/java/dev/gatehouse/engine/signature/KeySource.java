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
     * @return empty for a key of which this source knows nothing: another one may be asked. A key that is disabled is {@link
     *     Key#disabled}, so that nobody else is
     */
    Optional<Key<P>> find(String accessKeyId);

    /**
     * What an access key is.
     *
     * @param secretAccessKeys several, so that a secret can be replaced while clients still sign with the old one; none where the
     *     key is disabled: nothing that is signed with it is good, whatever the secret was
     * @param sessionToken that must come with every request; null for long-term keys, which must come without
     * @param expiration from when on the key is void; null for one that does not expire
     * @param principal whom it stands for
     */
    record Key<P>(List<String> secretAccessKeys, String sessionToken, Instant expiration, P principal) {

        public Key {
            secretAccessKeys = List.copyOf(secretAccessKeys);
            Objects.requireNonNull(principal, "principal");
        }

        /** A long-term key. */
        public static <P> Key<P> of(String secretAccessKey, P principal) {
            return new Key<>(List.of(secretAccessKey), null, null, principal);
        }

        /** One that is known, and refused in the words for an unknown one. */
        public static <P> Key<P> disabled(P principal) {
            return new Key<>(List.of(), null, null, principal);
        }

        /** Whether nobody can sign with it. */
        boolean isDisabled() {
            return secretAccessKeys.isEmpty();
        }

        /** Whom it stands for, and nothing secret: this text ends in logs. */
        @Override
        public String toString() {
            return "Key[" + principal + "]";
        }
    }
}
