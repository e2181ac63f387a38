package dev.gatehouse.engine.lambda;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What a function may know about the call it serves.
 *
 * @param requestId differs from call to call
 * @param function complete: region and account are known, the qualifier is null where the caller gave none
 * @param memoryLimitInMb what is configured; nothing in this process enforces it
 * @param clientContext JSON; null where the caller gave none
 * @param deadline when the call is given up and the thread interrupted
 * @param clock tells how far the deadline is
 */
public record FunctionContext(
        String requestId,
        FunctionName function,
        int memoryLimitInMb,
        String clientContext,
        Instant deadline,
        InstantSource clock) {

    /** Until the call is given up; never negative. */
    public Duration remaining() {
        Duration left = Duration.between(clock.instant(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The version as far as it is known: an alias may stand for any, so it counts as {@code $LATEST}. */
    public String version() {
        String qualifier = function.qualifier();
        boolean number = qualifier != null && qualifier.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? qualifier : "$LATEST";
    }
}
