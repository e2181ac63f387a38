package dev.gatehouse.engine.limit;

import io.github.resilience4j.ratelimiter.RateLimiter;
import java.time.Duration;

/** A bucket on a limiter of Resilience4j: see {@link Grain} for how. */
final class ReservingBucket implements Bucket {

    private final Rate rate;
    private final Grain grain;
    private final RateLimiter limiter;

    /** @param limiter has the configuration of the grain, and is used by nobody else */
    ReservingBucket(Rate rate, Grain grain, RateLimiter limiter) {
        this.rate = rate;
        this.grain = grain;
        this.limiter = limiter;
    }

    @Override
    public Rate rate() {
        return rate;
    }

    @Override
    public Admission take() {
        long wait = limiter.reservePermission(grain.perToken());
        if (wait < 0) {
            Admission now = look();
            // it may have been filled meanwhile, but this call is refused
            return now.permitted() ? new Admission(false, 0, Duration.ofNanos(grain.cycleNanos())) : now;
        }
        return Admission.permitted((grain.refills() ? left(wait) : grains()) / grain.perToken());
    }

    /** How far ahead the reservation lies tells what is left, without asking again. */
    private int left(long wait) {
        return grain.reservable() - (int) ((wait + grain.cycleNanos() - 1) / grain.cycleNanos());
    }

    @Override
    public Admission look() {
        int grains = grains();
        int missing = grain.perToken() - grains;
        if (missing <= 0) {
            return Admission.permitted(grains / grain.perToken());
        }
        return grain.refills()
                ? new Admission(false, 0, Duration.ofNanos(missing * grain.cycleNanos()))
                : Admission.REFUSED_FOR_EVER;
    }

    @Override
    public double taken() {
        return (grain.capacity() - grains()) / (double) grain.perToken();
    }

    @Override
    public void charge(double tokens) {
        int grains = (int) Math.min(grains(), Math.ceil(tokens * grain.perToken()));
        if (grains > 0) {
            limiter.reservePermission(grains);
        }
    }

    private int grains() {
        return limiter.getMetrics().getAvailablePermissions() + grain.reservable();
    }
}
