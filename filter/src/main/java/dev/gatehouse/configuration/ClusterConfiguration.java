package dev.gatehouse.configuration;

import dev.gatehouse.engine.limit.ClusterSettings;
import dev.gatehouse.engine.limit.Fallback;
import dev.gatehouse.engine.limit.Sharing;
import dev.gatehouse.engine.limit.Terms;
import dev.gatehouse.engine.redis.RedisSettings;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How several nodes are one gateway. Immutable.
 *
 * @param settings how they count together
 * @param redis where; null where each has its share and their number is declared
 * @param authorizerKey 32 bytes in Base64, with which nodes share what Lambda authorizers answer; null where each asks for itself
 */
public record ClusterConfiguration(ClusterSettings settings, RedisSettings redis, String authorizerKey) {

    static final Pattern URI =
            Pattern.compile("^rediss?://(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?(?:/[0-9]{1,4})?$");
    static final Pattern KEY_PREFIX = Pattern.compile("^[A-Za-z0-9:._/{}-]{1,128}$");

    static final int MOST_NODES = 10_000;
    static final int DEFAULT_LEASE_CALLS = 10;
    static final int MOST_LEASE_CALLS = 1_000_000;
    static final int DEFAULT_LEASE_MILLIS = 1000;
    static final int DEFAULT_TIMEOUT = 50;
    static final int MAX_TIMEOUT = 10_000;
    static final String DEFAULT_PREFIX = "gatehouse:";

    /** What plans that say nothing, and limits of no plan, are counted on. */
    static final Terms DEFAULT_TERMS = new Terms(Sharing.LOCAL, Fallback.LOCAL_SHARE);

    /** @throws IllegalArgumentException on a value out of its range, or where Redis is needed and is not there */
    public ClusterConfiguration {
        Objects.requireNonNull(settings, "settings");
        Check.range("nodes", settings.nodes(), 0, MOST_NODES);
        Check.range("leaseCalls", settings.leaseCalls(), 1, MOST_LEASE_CALLS);
        Check.range("leaseTime", settings.leaseTime().toMillis(), 10, 3_600_000);
        Check.range("timeout", settings.timeout().toMillis(), 1, MAX_TIMEOUT);
        if (redis == null && (settings.nodes() == 0 || settings.terms().sharing() != Sharing.LOCAL)) {
            throw new IllegalArgumentException(NEEDS_REDIS);
        }
        if (authorizerKey != null && (redis == null || keyFault(authorizerKey).isPresent())) {
            throw new IllegalArgumentException(
                    "the key for answers of authorizers needs redis, and 32 bytes in Base64");
        }
        if (redis != null) {
            Check.matches("uri", URI, redis.uri().toString());
            Check.matches("keyPrefix", KEY_PREFIX, redis.keyPrefix());
        }
    }

    static final String NEEDS_REDIS =
            "needs redis: only nodes of a declared number that have their share each can do without";

    /** Why a text cannot be the key for answers of authorizers; without the text. */
    static Optional<String> keyFault(String key) {
        try {
            return Base64.getDecoder().decode(key).length == 32
                    ? Optional.empty()
                    : Optional.of("what lies there is not 32 bytes in Base64");
        } catch (IllegalArgumentException e) {
            return Optional.of("what lies there is not 32 bytes in Base64");
        }
    }

    @Override
    public String toString() {
        return "ClusterConfiguration[settings=" + settings + ", redis=" + redis + ", authorizerKey="
                + (authorizerKey == null ? "null" : "***") + "]";
    }

    /** Nodes that have their share each. */
    public static ClusterConfiguration ofNodes(int nodes) {
        return new ClusterConfiguration(
                new ClusterSettings(
                        DEFAULT_TERMS,
                        nodes,
                        DEFAULT_LEASE_CALLS,
                        Duration.ofMillis(DEFAULT_LEASE_MILLIS),
                        Duration.ofMillis(DEFAULT_TIMEOUT)),
                null,
                null);
    }
}
