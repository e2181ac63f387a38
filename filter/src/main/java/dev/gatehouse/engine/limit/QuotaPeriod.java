package dev.gatehouse.engine.limit;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/**
 * Calendar units after which a quota starts anew, in UTC. Which days they begin on is our decision where Amazon does not say: weeks
 * on Sunday, months on the first, both moved on by an offset of days.
 */
public enum QuotaPeriod {
    DAY(0) {
        @Override
        LocalDate begin(LocalDate day) {
            return day;
        }

        @Override
        LocalDate next(LocalDate begin) {
            return begin.plusDays(1);
        }
    },
    WEEK(6) {
        @Override
        LocalDate begin(LocalDate day) {
            return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
        }

        @Override
        LocalDate next(LocalDate begin) {
            return begin.plusWeeks(1);
        }
    },
    MONTH(27) {
        @Override
        LocalDate begin(LocalDate day) {
            return day.withDayOfMonth(1);
        }

        @Override
        LocalDate next(LocalDate begin) {
            return begin.plusMonths(1);
        }
    };

    private final int lastOffset;

    QuotaPeriod(int lastOffset) {
        this.lastOffset = lastOffset;
    }

    /** The largest offset: with it a period still begins in each week, and in each month, February included. */
    public int lastOffset() {
        return lastOffset;
    }

    abstract LocalDate begin(LocalDate day);

    abstract LocalDate next(LocalDate begin);
}
