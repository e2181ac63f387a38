package dev.gatehouse.engine.limit;

import java.time.Duration;

/**
 * Whether a call may go on.
 *
 * @param refusedBy null where it may
 * @param rate the rate that is exceeded; null where none is
 * @param retryAfter how long until the limit that refused may let a call pass; zero where nothing refused
 * @param standing of the client, for which nothing has changed where the call is refused
 */
public record Verdict(Level refusedBy, Rate rate, Duration retryAfter, Standing standing) {

    static Verdict admitted(Standing standing) {
        return new Verdict(null, null, Duration.ZERO, standing);
    }

    Verdict with(Standing other) {
        return new Verdict(refusedBy, rate, retryAfter, other);
    }

    public boolean permitted() {
        return refusedBy == null;
    }
}
