package dev.gatehouse.engine.limit;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import io.github.resilience4j.ratelimiter.internal.InMemoryRateLimiterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Makes buckets, and keeps those that all clients share. Thread-safe.
 *
 * <p>Limiters of shared buckets are in a registry of Resilience4j for an application to look at. Those of clients are not: there may
 * be a million of them, and each name would cost more than the bucket.
 */
final class Buckets {

    private final Supplier<Long> nanoTime;
    private final Map<Rate, Grain> grains = new ConcurrentHashMap<>();
    private final Map<String, SharedBucket> shared = new ConcurrentHashMap<>();
    private final Registry registry = new Registry();

    /** @param nanoTime as {@link System#nanoTime} */
    Buckets(LongSupplier nanoTime) {
        this.nanoTime = nanoTime::getAsLong;
    }

    RateLimiterRegistry registry() {
        return registry;
    }

    /** A full bucket of one client. */
    Bucket own(Limit limit) {
        return bucket(limit.rate(), grain -> new AtomicRateLimiter(limit.name(), grain.config(), Map.of(), nanoTime));
    }

    /** The one bucket of that name. */
    Bucket shared(Limit limit) {
        SharedBucket bucket = shared.get(limit.name());
        if (bucket == null) {
            bucket = shared.computeIfAbsent(limit.name(), name -> new SharedBucket(limit, this));
        }
        return bucket.at(limit);
    }

    Bucket registered(Limit limit) {
        return bucket(limit.rate(), grain -> {
            registry.remove(limit.name());
            return registry.put(
                    limit.name(), () -> new AtomicRateLimiter(limit.name(), grain.config(), Map.of(), nanoTime));
        });
    }

    void forget(SharedBucket bucket, String name) {
        shared.remove(name, bucket);
        registry.remove(name);
    }

    /** Lets go of shared buckets that are full, as new ones would be, and that nobody has asked since the last time. */
    void sweep() {
        shared.values().forEach(SharedBucket::retireIfIdle);
        if (grains.size() > 10_000) {
            grains.clear();
        }
    }

    private Bucket bucket(Rate rate, Function<Grain, RateLimiter> limiter) {
        if (rate.refusesAll()) {
            return new ClosedBucket(rate);
        }
        Grain grain = grains.get(rate);
        if (grain == null) {
            grain = grains.computeIfAbsent(rate, Grain::of);
        }
        return new ReservingBucket(rate, grain, limiter.apply(grain));
    }

    /** Limiters with our clock, in a registry like any other. */
    private static final class Registry extends InMemoryRateLimiterRegistry {

        Registry() {
            super(RateLimiterConfig.ofDefaults());
        }

        RateLimiter put(String name, Supplier<RateLimiter> limiter) {
            return computeIfAbsent(name, limiter);
        }
    }
}
