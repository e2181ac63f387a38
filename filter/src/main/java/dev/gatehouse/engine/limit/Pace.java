package dev.gatehouse.engine.limit;

/**
 * A rate in nanoseconds, shared by all buckets that have it. A token takes a whole number of them, so rates up to 100,000 a second are
 * exact to 0.005 percent. Where filling would take more than a century the bucket never refills.
 *
 * @param rate refuses not everything
 * @param nanosPerToken how often a token drops; 1 where none ever does, as a mere unit
 * @param nanosToFill how long an empty bucket takes
 * @param refills whether tokens come back at all
 */
record Pace(Rate rate, long nanosPerToken, long nanosToFill, boolean refills) {

    private static final double NANOS = 1_000_000_000;
    private static final double CENTURY = 1L << 61;

    static Pace of(Rate rate) {
        double perToken = Math.max(1, Math.rint(NANOS / rate.perSecond()));
        return perToken * rate.burst() >= CENTURY
                ? new Pace(rate, 1, rate.burst(), false)
                : new Pace(rate, (long) perToken, (long) perToken * rate.burst(), true);
    }
}
