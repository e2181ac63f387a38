package dev.gatehouse.engine.limit;

/**
 * What all nodes together have counted of a key in a plan. Days are counted from 1970-01-01, in UTC.
 *
 * @param periodBegin first day of the period; 0 without quota
 * @param periodEnd first day that does not belong to it; 0 without quota
 * @param counted calls of the period; it only grows
 * @param returned of these, calls that were not made after all; it only grows
 * @param extra calls that were granted for this period beyond the limit; negative where some were taken away
 * @param grants how often that was changed in this period: the higher one is the later one
 * @param day of the latest call
 * @param usedOnDay calls of that day
 */
public record SharedUsage(
        int periodBegin, int periodEnd, long counted, long returned, long extra, long grants, int day, long usedOnDay) {

    /** Of a key that was never seen. */
    public static final SharedUsage NONE = new SharedUsage(0, 0, 0, 0, 0, 0, 0, 0);

    /** Calls of the period. */
    public long used() {
        return counted - returned;
    }

    /** Calls that are left of a quota in the period; {@link Long#MAX_VALUE} without one. */
    long left(Quota quota) {
        return quota == null ? Long.MAX_VALUE : Math.max(0, quota.limit() + extra - used());
    }

    /** Whether this was known before the other. */
    boolean isBefore(SharedUsage other) {
        return periodBegin < other.periodBegin
                || periodBegin == other.periodBegin && (counted < other.counted || returned < other.returned);
    }
}
