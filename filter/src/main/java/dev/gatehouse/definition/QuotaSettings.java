package dev.gatehouse.definition;

/**
 * How many requests a key has in a period.
 *
 * @param offset days by which a week or month begins later than on Sunday or on the first: 0 to 6, 0 to 27, and 0 for a day. Amazon's
 *     model speaks of requests that are taken off the first period; the ranges that it enforces are those of days
 */
public record QuotaSettings(int limit, int offset, QuotaPeriodType period) {}
