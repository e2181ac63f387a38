package dev.gatehouse.engine.limit;

/** A token bucket as one would write it on a blackboard: slow, exact enough, and plainly right. */
final class PlainBucket {

    private final Rate rate;
    private double tokens;
    private long last;

    PlainBucket(Rate rate, long now) {
        this.rate = rate;
        this.tokens = rate.burst();
        this.last = now;
    }

    double tokens(long now) {
        tokens = Math.min(rate.burst(), tokens + (now - last) / 1e9 * rate.perSecond());
        last = now;
        return rate.perSecond() == 0 ? 0 : tokens;
    }

    boolean take(long now) {
        if (tokens(now) < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** For when both must agree: takes without asking. */
    void force() {
        tokens--;
    }
}
