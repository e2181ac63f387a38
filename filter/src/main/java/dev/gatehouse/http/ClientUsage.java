package dev.gatehouse.http;

import java.time.Instant;

/**
 * How the client of a call stands in its usage plan, the call included. Immutable.
 *
 * @param planId id of the usage plan
 * @param keyId id of the API key
 * @param rateLimit calls per second by the narrowest throttle of the plan that applies; null where there is none
 * @param burstLimit calls at once by that throttle; 0 where there is none
 * @param burstRemaining calls that may come at once now; 0 where there is no throttle
 * @param quotaLimit calls in the period of the quota; null where there is no quota
 * @param quotaRemaining calls that are left in it; {@link Long#MAX_VALUE} where there is no quota
 * @param quotaEnds when the next period begins; null where there is no quota
 */
public record ClientUsage(
        String planId,
        String keyId,
        Double rateLimit,
        int burstLimit,
        long burstRemaining,
        Integer quotaLimit,
        long quotaRemaining,
        Instant quotaEnds) {}
