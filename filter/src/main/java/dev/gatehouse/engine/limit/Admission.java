package dev.gatehouse.engine.limit;

import java.time.Duration;

/**
 * What a bucket says.
 *
 * @param permitted whether there was a token; if not, nothing has been taken
 * @param remaining whole tokens that are left
 * @param retryAfter how long until there is a token; zero where it is permitted, {@link #NEVER} where there will be none
 */
public record Admission(boolean permitted, long remaining, Duration retryAfter) {

    /** Longer than anybody waits. */
    public static final Duration NEVER = Duration.ofNanos(Long.MAX_VALUE);

    static final Admission REFUSED_FOR_EVER = new Admission(false, 0, NEVER);

    static Admission permitted(long remaining) {
        return new Admission(true, remaining, Duration.ZERO);
    }
}
