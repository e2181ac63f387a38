package dev.gatehouse.engine.limit;

/**
 * What a key has used of a plan: on one day, and in the period that day is in. Days are counted from 1970-01-01.
 *
 * @param day in UTC
 * @param usedOnDay calls of that day
 * @param remaining calls that were left in the period then; {@link Long#MAX_VALUE} without quota
 * @param periodBegin first day of the period; 0 without quota
 * @param periodEnd first day that does not belong to it; 0 without quota
 * @param used calls of the period
 * @param extra calls that were granted for this period, beyond the limit of the plan; negative where some were taken away
 */
public record UsageRecord(
        String planId,
        String keyId,
        int day,
        int usedOnDay,
        long remaining,
        int periodBegin,
        int periodEnd,
        int used,
        long extra) {}
