package dev.gatehouse.engine.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Time that passes when told to: the calendar, which may jump, and the clock that only goes forward. */
final class VirtualClock implements InstantSource, LongSupplier {

    private final AtomicLong nanos = new AtomicLong(77);
    private volatile Instant now;

    VirtualClock(String now) {
        this.now = Instant.parse(now);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public long getAsLong() {
        return nanos.get();
    }

    void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
        now = now.plus(time);
    }

    /** The calendar only: somebody has set the clock. */
    void jumpsTo(String instant) {
        now = Instant.parse(instant);
    }
}
