package dev.gatehouse.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * That there is a control plane, and where its definitions are kept. Immutable; its text form shows no secret.
 *
 * @param directory of a database in a file that belongs to this process; null where it is kept elsewhere
 * @param dataSource JNDI name of a {@code javax.sql.DataSource} that nodes may share; null where it is kept elsewhere. Where both
 *     are null an embedder gives a store
 * @param encryptionKey 32 bytes in Base64; null where what is kept is not encrypted
 * @param networks from which calls are answered
 * @param sdkGenerator jar of openapi-generator-cli, or a folder with the jars of openapi-generator; null where the embedder or the
 *     class path has it, if anybody
 * @param pollInterval how often is asked whether another node has changed something: 100 ms to a minute
 */
public record ControlPlaneConfiguration(
        Path directory,
        String dataSource,
        String encryptionKey,
        Networks networks,
        Path sdkGenerator,
        Duration pollInterval) {

    static final int MIN_POLL = 100;
    static final int MAX_POLL = 60_000;
    static final int DEFAULT_POLL = 1000;

    /** Of an embedder that gives a store: calls from this machine only, one second. */
    public static final ControlPlaneConfiguration DEFAULTS =
            new ControlPlaneConfiguration(null, null, null, Networks.LOOPBACK, null, Duration.ofMillis(DEFAULT_POLL));

    /** @throws IllegalArgumentException where both places are given, or on an interval out of range */
    public ControlPlaneConfiguration {
        Objects.requireNonNull(networks, "networks");
        Check.range("pollInterval", pollInterval.toMillis(), MIN_POLL, MAX_POLL);
        if (directory != null && dataSource != null) {
            throw new IllegalArgumentException("definitions are kept in a directory or in a data source, not in both");
        }
    }

    /** @return whether a running control plane can go on with this configuration in place of the other one */
    public boolean hasStoreOf(ControlPlaneConfiguration other) {
        return other != null
                && Objects.equals(directory, other.directory)
                && Objects.equals(dataSource, other.dataSource)
                && Objects.equals(encryptionKey, other.encryptionKey)
                && pollInterval.equals(other.pollInterval);
    }

    @Override
    public String toString() {
        return "ControlPlaneConfiguration[directory=" + directory + ", dataSource=" + dataSource + ", encryptionKey="
                + (encryptionKey == null ? "null" : "***") + ", networks=" + networks + ", sdkGenerator=" + sdkGenerator
                + ", pollInterval=" + pollInterval
                + "]";
    }
}
