package dev.gatehouse.definition;

/**
 * How many requests a key has in a period.
 *
 * @param offset requests that are taken off the first period
 */
public record QuotaSettings(int limit, int offset, QuotaPeriodType period) {}
