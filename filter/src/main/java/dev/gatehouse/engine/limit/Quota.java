package dev.gatehouse.engine.limit;

import java.time.LocalDate;
import java.util.Objects;

/**
 * How many calls in a period.
 *
 * @param limit calls
 * @param offset days by which the period begins later than its calendar unit; 0 to {@link QuotaPeriod#lastOffset}
 */
public record Quota(int limit, QuotaPeriod period, int offset) {

    /**
     * The days of one period, counted from 1970-01-01.
     *
     * @param begin the first
     * @param end the first that does not belong to it
     */
    record Window(int begin, int end) {}

    public Quota {
        Objects.requireNonNull(period, "period");
        if (limit < 0) {
            throw new IllegalArgumentException("a quota must not be negative, as " + limit + " is");
        }
        if (offset < 0 || offset > period.lastOffset()) {
            throw new IllegalArgumentException(
                    "the offset of a quota per " + period + " must be 0 to " + period.lastOffset() + ", not " + offset);
        }
    }

    Window window(int epochDay) {
        LocalDate begin = period.begin(LocalDate.ofEpochDay(epochDay - (long) offset));
        return new Window(
                (int) begin.toEpochDay() + offset, (int) period.next(begin).toEpochDay() + offset);
    }

    boolean sameWindows(Quota other) {
        return other != null && period == other.period && offset == other.offset;
    }
}
