package dev.gatehouse.engine.token;

import java.time.Duration;

/**
 * How key sets are fetched and kept.
 *
 * @param maxAge after which a set is fetched again
 * @param pause between two attempts to fetch the same set, whatever came of the first
 * @param timeout until a whole set must be there
 * @param maxBytes of a set
 * @param maxSets that are kept; the one least used makes room
 */
public record KeySetSettings(Duration maxAge, Duration pause, Duration timeout, int maxBytes, int maxSets) {

    /** An hour, 10 seconds, 5 seconds, 512 KiB, 1,000 sets. */
    public static final KeySetSettings DEFAULT =
            new KeySetSettings(Duration.ofHours(1), Duration.ofSeconds(10), Duration.ofSeconds(5), 512 * 1024, 1_000);
}
