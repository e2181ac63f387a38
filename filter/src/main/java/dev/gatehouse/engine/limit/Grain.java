package dev.gatehouse.engine.limit;

import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;

/**
 * A token bucket in Resilience4j's terms. Its limiter refills in cycles and lets callers reserve permissions of later cycles, if
 * these begin before a timeout. With one permission a cycle, and a timeout as long as the bucket needs to fill, what may be
 * reserved is what is in the bucket, and nobody has to wait for it.
 *
 * <p>A token is cut into grains and a cycle brings one: so the bucket fills steadily, not by whole tokens on the beat of a clock
 * that began when the limiter was made. The cycle is a whole number of nanoseconds and never shorter than ten microseconds, unless
 * the rate is above 100,000 a second: the rate is exact to 0.005 percent. Where filling would take more than a century the bucket
 * never refills.
 *
 * @param config shared by all buckets of a rate
 * @param perToken grains in a token
 * @param cycleNanos how often a grain drops
 * @param reservable grains that lie in later cycles; one less than the bucket holds
 */
record Grain(RateLimiterConfig config, int perToken, long cycleNanos, int reservable) {

    private static final int FINEST = 1000;
    private static final double GRAINS_PER_SECOND = 100_000;
    private static final double NANOS = 1_000_000_000;
    private static final long CENTURY = 1L << 62;
    private static final int MOST_GRAINS = 1 << 30;

    /** @param rate refuses not everything */
    static Grain of(Rate rate) {
        int perToken = (int) Math.max(
                1, Math.min(FINEST, Math.min(GRAINS_PER_SECOND / rate.perSecond(), MOST_GRAINS / rate.burst())));
        double cycle = Math.max(1, Math.rint(NANOS / rate.perSecond() / perToken));
        int reservable = (int) Math.min((long) rate.burst() * perToken - 1, Integer.MAX_VALUE - 1);
        if (cycle * (reservable + 2.0) >= CENTURY) {
            return new Grain(config(rate.burst(), CENTURY, 0), 1, CENTURY, 0);
        }
        return new Grain(config(1, (long) cycle, reservable * (long) cycle), perToken, (long) cycle, reservable);
    }

    /** Whether grains come back at all. */
    boolean refills() {
        return cycleNanos < CENTURY;
    }

    int capacity() {
        return reservable + config.getLimitForPeriod();
    }

    private static RateLimiterConfig config(int limitForPeriod, long cycleNanos, long timeoutNanos) {
        return RateLimiterConfig.custom()
                .limitForPeriod(limitForPeriod)
                .limitRefreshPeriod(Duration.ofNanos(cycleNanos))
                .timeoutDuration(Duration.ofNanos(timeoutNanos))
                .build();
    }
}
