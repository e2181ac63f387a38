package dev.gatehouse.engine.limit;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import io.github.resilience4j.ratelimiter.internal.InMemoryRateLimiterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Makes buckets, and keeps those that all clients share. Thread-safe.
 *
 * <p>Shared buckets are limiters of Resilience4j, in a registry for an application to look at. Those of clients do the same sums in
 * less memory: there may be a million of them.
 */
final class Buckets {

    private final Supplier<Long> nanoTime;
    private final LongSupplier sinceStart;
    private final Map<Rate, LeanBucket.Source> sources = new ConcurrentHashMap<>();
    private final Map<Rate, Grain> grains = new ConcurrentHashMap<>();
    private final Map<String, SharedBucket> shared = new ConcurrentHashMap<>();
    private final Registry registry = new Registry();

    /** @param nanoTime as {@link System#nanoTime} */
    Buckets(LongSupplier nanoTime) {
        this.nanoTime = nanoTime::getAsLong;
        long start = nanoTime.getAsLong();
        this.sinceStart = () -> nanoTime.getAsLong() - start;
    }

    RateLimiterRegistry registry() {
        return registry;
    }

    /** A full bucket of one client. Not thread-safe. */
    Bucket own(Rate rate) {
        if (rate.refusesAll()) {
            return new ClosedBucket(rate);
        }
        LeanBucket.Source source = sources.get(rate);
        if (source == null) {
            source = sources.computeIfAbsent(rate, one -> new LeanBucket.Source(Pace.of(one), sinceStart));
        }
        return new LeanBucket(source);
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
        Rate rate = limit.rate();
        if (rate.refusesAll()) {
            return new ClosedBucket(rate);
        }
        Grain grain = grains.get(rate);
        if (grain == null) {
            grain = grains.computeIfAbsent(rate, Grain::of);
        }
        RateLimiterConfig config = grain.config();
        registry.remove(limit.name());
        return new ReservingBucket(
                rate,
                grain,
                registry.put(limit.name(), () -> new AtomicRateLimiter(limit.name(), config, Map.of(), nanoTime)));
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
        if (sources.size() > 10_000) {
            sources.clear();
        }
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
