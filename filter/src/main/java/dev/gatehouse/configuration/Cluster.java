package dev.gatehouse.configuration;

import dev.gatehouse.engine.limit.ClusterSettings;
import dev.gatehouse.engine.limit.Fallback;
import dev.gatehouse.engine.limit.Sharing;
import dev.gatehouse.engine.limit.Terms;
import dev.gatehouse.engine.redis.RedisSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Reads out of a file how several nodes are one gateway, and on what terms plans are counted. */
final class Cluster {

    private final Found cluster;
    private final Secrets secrets;
    private final Problems problems;

    Cluster(Found file, Secrets secrets, Problems problems) {
        this.cluster = file.get("cluster");
        this.secrets = secrets;
        this.problems = problems;
    }

    /** @return null where there is none, or what it says does not fit together */
    ClusterConfiguration read() {
        if (cluster == null) {
            return null;
        }
        Terms terms = terms(cluster, ClusterConfiguration.DEFAULT_TERMS);
        int nodes = cluster.whole("nodes", 0);
        Found redis = cluster.get("redis");
        if (redis == null && (nodes == 0 || terms.sharing() != Sharing.LOCAL)) {
            problems.add(cluster.place(), ClusterConfiguration.NEEDS_REDIS);
            return null;
        }
        if (!problems.isEmpty()) {
            return null;
        }
        Duration timeout = Duration.ofMillis(
                redis == null
                        ? ClusterConfiguration.DEFAULT_TIMEOUT
                        : redis.whole("timeoutInMillis", ClusterConfiguration.DEFAULT_TIMEOUT));
        ClusterSettings settings = new ClusterSettings(
                terms,
                nodes,
                cluster.whole("leaseCalls", ClusterConfiguration.DEFAULT_LEASE_CALLS),
                Duration.ofMillis(cluster.whole("leaseTimeInMillis", ClusterConfiguration.DEFAULT_LEASE_MILLIS)),
                timeout);
        return redis == null
                ? new ClusterConfiguration(settings, null, null)
                : new ClusterConfiguration(settings, redis(redis, timeout), authorizerKey(redis));
    }

    /** @return null where there is none, or none that is right */
    private String authorizerKey(Found redis) {
        String key = secrets.value(redis.get("authorizerKey"));
        Optional<String> fault = key == null ? Optional.empty() : ClusterConfiguration.keyFault(key);
        fault.ifPresent(text -> problems.add(redis.get("authorizerKey").place(), text));
        return fault.isPresent() ? null : key;
    }

    private RedisSettings redis(Found redis, Duration timeout) {
        String certificate = redis.text("caCertificate");
        return new RedisSettings(
                URI.create(redis.text("uri")),
                redis.text("username"),
                secrets.value(redis.get("password")),
                certificate == null ? null : Path.of(certificate),
                timeout,
                redis.text("keyPrefix", ClusterConfiguration.DEFAULT_PREFIX));
    }

    /** @return the terms of a plan; null where it has none of its own */
    Terms ofPlan(Found plan) {
        Found sharing = plan.get("sharing");
        Found fallback = plan.get("whenUnreachable");
        Found own = sharing != null ? sharing : fallback;
        if (own == null) {
            return null;
        }
        Terms terms = terms(
                plan,
                cluster == null
                        ? ClusterConfiguration.DEFAULT_TERMS
                        : terms(cluster, ClusterConfiguration.DEFAULT_TERMS));
        if (cluster == null) {
            problems.add(own.place(), "there is no cluster in this file");
        } else if (sharing != null && terms.sharing() != Sharing.LOCAL && cluster.get("redis") == null) {
            problems.add(
                    sharing.place(), "nodes count together only through the redis of the cluster, which is not there");
        }
        return terms;
    }

    private static Terms terms(Found found, Terms otherwise) {
        String sharing = found.text("sharing");
        String fallback = found.text("whenUnreachable");
        return new Terms(
                sharing == null ? otherwise.sharing() : Sharing.valueOf(sharing.toUpperCase(Locale.ROOT)),
                fallback == null
                        ? otherwise.fallback()
                        : Fallback.valueOf(fallback.toUpperCase(Locale.ROOT).replace('-', '_')));
    }
}
