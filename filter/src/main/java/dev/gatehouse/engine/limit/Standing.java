package dev.gatehouse.engine.limit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * How a client stands after a call.
 *
 * @param throttle the narrowest rate of the plan that applies; null for none
 * @param tokens calls that may come at once, by that rate; 0 where there is none
 * @param quota null for none
 * @param quotaRemaining calls that are left in the period; {@link Long#MAX_VALUE} where there is no quota
 * @param quotaEndsOn first day of the next period, counted from 1970-01-01; 0 where there is no quota
 */
public record Standing(Rate throttle, long tokens, Quota quota, long quotaRemaining, int quotaEndsOn) {

    /** For calls that are counted in no plan. */
    public static final Standing NONE = new Standing(null, 0, null, Long.MAX_VALUE, 0);

    static Standing of(Claim claim, long tokens, Quota quota, long quotaRemaining, int quotaEndsOn) {
        Limit narrowest = claim.method() != null ? claim.method() : claim.client();
        return new Standing(narrowest == null ? null : narrowest.rate(), tokens, quota, quotaRemaining, quotaEndsOn);
    }

    /** When the next period begins; null where there is no quota. */
    public Instant quotaEnds() {
        return quota == null
                ? null
                : LocalDate.ofEpochDay(quotaEndsOn).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
