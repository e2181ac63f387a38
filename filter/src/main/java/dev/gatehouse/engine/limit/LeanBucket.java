package dev.gatehouse.engine.limit;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A bucket of one client among very many, in 24 bytes: all that it remembers is when it will be full again. A limiter of Resilience4j
 * takes 336; tests compare what the two admit. Not thread-safe: its meter asks it under its lock.
 */
final class LeanBucket implements Bucket {

    /** Shared by all buckets of a rate. */
    record Source(Pace pace, LongSupplier clock) {}

    private final Source source;

    /** By the clock, which begins at 0 and is never turned back; how many tokens were taken where none comes back. */
    private long fullAt;

    LeanBucket(Source source) {
        this.source = source;
    }

    @Override
    public Rate rate() {
        return pace().rate();
    }

    @Override
    public Admission take() {
        long now = now();
        long missing = missing(now) + pace().nanosPerToken();
        if (missing > pace().nanosToFill()) {
            return refused(missing);
        }
        fullAt = now + missing;
        return permitted(missing);
    }

    @Override
    public Admission look() {
        long missing = missing(now());
        return missing + pace().nanosPerToken() > pace().nanosToFill()
                ? refused(missing + pace().nanosPerToken())
                : permitted(missing);
    }

    private Admission permitted(long missing) {
        return Admission.permitted((pace().nanosToFill() - missing) / pace().nanosPerToken());
    }

    private Admission refused(long missing) {
        return pace().refills()
                ? new Admission(false, 0, Duration.ofNanos(missing - pace().nanosToFill()))
                : Admission.REFUSED_FOR_EVER;
    }

    @Override
    public double taken() {
        return missing(now()) / (double) pace().nanosPerToken();
    }

    @Override
    public void charge(double tokens) {
        long now = now();
        long charged = (long) Math.min(pace().nanosToFill(), Math.ceil(tokens * pace().nanosPerToken()));
        fullAt = now + Math.min(pace().nanosToFill(), missing(now) + charged);
    }

    private long missing(long now) {
        return Math.max(0, fullAt - now);
    }

    private long now() {
        return pace().refills() ? source.clock().getAsLong() : 0;
    }

    private Pace pace() {
        return source.pace();
    }
}
