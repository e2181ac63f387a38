package dev.gatehouse.engine.identity;

import dev.gatehouse.engine.signature.KeySource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Knows whom access keys stand for, and their secrets: the port for those who keep identities elsewhere than in the
 * configuration. Thread-safe, and quick: it is asked once per signed request, before anything is known of who asks.
 */
@FunctionalInterface
public interface IdentitySource extends KeySource<Identity> {

    /** Knows nobody. */
    IdentitySource NOBODY = accessKeyId -> Optional.empty();

    /** @param keys by access key id */
    static IdentitySource of(Map<String, Key<Identity>> keys) {
        Map<String, Key<Identity>> copy = Map.copyOf(keys);
        return accessKeyId -> Optional.ofNullable(copy.get(accessKeyId));
    }

    /** Asks one after the other; the first that knows the access key is right, also where it knows that the key is disabled. */
    static IdentitySource firstOf(List<IdentitySource> sources) {
        List<IdentitySource> copy = List.copyOf(sources);
        return accessKeyId -> {
            for (IdentitySource source : copy) {
                Optional<Key<Identity>> found = source.find(accessKeyId);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        };
    }
}
