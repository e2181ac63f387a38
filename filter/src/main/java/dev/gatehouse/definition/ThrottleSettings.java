package dev.gatehouse.definition;

/**
 * A rate limit. Either may be null, which leaves that side to the next wider limit.
 *
 * @param rateLimit requests per second
 */
public record ThrottleSettings(Integer burstLimit, Double rateLimit) {}
