package dev.gatehouse.engine.limit;

import java.util.Objects;

/**
 * A rate that calls have to keep, and which of them share a bucket.
 *
 * @param level anything but {@link Level#QUOTA}
 * @param name tells buckets of a level apart, those of one client where the level is one of clients
 */
public record Limit(Level level, String name, Rate rate) {

    public Limit {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(rate, "rate");
    }
}
