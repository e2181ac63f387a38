package dev.gatehouse.engine.redis;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where Redis or Valkey is.
 *
 * @param uri {@code redis://host:port/database}, or {@code rediss} for TLS, without user and password
 * @param username null for the default user
 * @param password null for none; no message shows it
 * @param caCertificate PEM file with the certificates to trust; null for those that the JVM trusts
 * @param timeout how long an answer may take
 * @param keyPrefix what all keys begin with
 */
public record RedisSettings(
        URI uri, String username, String password, Path caCertificate, Duration timeout, String keyPrefix) {

    public RedisSettings {
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(keyPrefix, "keyPrefix");
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
