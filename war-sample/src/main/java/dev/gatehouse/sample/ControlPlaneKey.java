package dev.gatehouse.sample;

import java.util.Optional;

/**
 * The one key of the sample's control plane. Without it there is no control plane: no key works that nobody has thought of.
 *
 * @param id from the environment variable {@code HARBOUR_ACCESS_KEY_ID}
 * @param secret from the environment variable {@code HARBOUR_SECRET_ACCESS_KEY}
 */
record ControlPlaneKey(String id, String secret) {

    static Optional<ControlPlaneKey> ofEnvironment() {
        String id = System.getenv("HARBOUR_ACCESS_KEY_ID");
        String secret = System.getenv("HARBOUR_SECRET_ACCESS_KEY");
        return id == null || secret == null ? Optional.empty() : Optional.of(new ControlPlaneKey(id, secret));
    }

    @Override
    public String toString() {
        return id;
    }
}
