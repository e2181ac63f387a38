package dev.gatehouse.engine.limit;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import io.github.resilience4j.ratelimiter.internal.InMemoryRateLimiterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Makes buckets, and keeps those that all clients share. Thread-safe.
 *
 * <p>All are limiters of Resilience4j; the shared ones lie in a registry for an application to look at. While there is a crowd of
 * clients, those that come then get buckets that do the same sums in less memory: there may be a million of them.
 */
final class Buckets {

    private final Supplier<Long> nanoTime;
    private final LongSupplier sinceStart;
    private final BooleanSupplier crowded;
    private final Map<Rate, LeanBucket.Source> sources = new ConcurrentHashMap<>();
    private final Map<Rate, Grain> grains = new ConcurrentHashMap<>();
    private final Map<String, SharedBucket> shared = new ConcurrentHashMap<>();
    private final Registry registry = new Registry();

    /**
     * @param nanoTime as {@link System#nanoTime}
     * @param crowded whether memory matters more than a limiter of their own for each client
     */
    Buckets(LongSupplier nanoTime, BooleanSupplier crowded) {
        this.crowded = crowded;
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
        if (!crowded.getAsBoolean()) {
            Grain grain = grain(rate);
            return new ReservingBucket(rate, grain, limiter("client", grain));
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
        Grain grain = grain(rate);
        registry.remove(limit.name());
        return new ReservingBucket(rate, grain, registry.put(limit.name(), () -> limiter(limit.name(), grain)));
    }

    private Grain grain(Rate rate) {
        Grain grain = grains.get(rate);
        return grain == null ? grains.computeIfAbsent(rate, Grain::of) : grain;
    }

    private RateLimiter limiter(String name, Grain grain) {
        return new AtomicRateLimiter(name, grain.config(), Map.of(), nanoTime);
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
