package dev.gatehouse.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaTest {

    @ParameterizedTest
    @CsvSource({
        "DAY,0,2026-11-22,2026-11-22,2026-11-23",
        "WEEK,0,2026-11-22,2026-11-22,2026-11-29",
        "WEEK,0,2026-11-21,2026-11-15,2026-11-22",
        "WEEK,1,2026-11-22,2026-11-16,2026-11-23",
        "WEEK,6,2026-11-21,2026-11-21,2026-11-28",
        "MONTH,0,2026-12-31,2026-12-01,2027-01-01",
        "MONTH,0,2028-02-29,2028-02-01,2028-03-01",
        "MONTH,27,2027-02-28,2027-02-28,2027-03-28",
        "MONTH,27,2027-03-01,2027-02-28,2027-03-28",
        "MONTH,14,2026-01-10,2025-12-15,2026-01-15",
    })
    void periodsFollowTheCalendar(QuotaPeriod period, int offset, LocalDate day, LocalDate begin, LocalDate end) {
        Quota.Window window = new Quota(1, period, offset).window((int) day.toEpochDay());
        assertThat(LocalDate.ofEpochDay(window.begin())).isEqualTo(begin);
        assertThat(LocalDate.ofEpochDay(window.end())).isEqualTo(end);
    }

    @Property
    void everyDayIsInOnePeriodAndPeriodsFollowEachOther(
            @ForAll QuotaPeriod period,
            @ForAll @IntRange(max = 27) int offset,
            @ForAll @IntRange(min = -1000, max = 60_000) int day) {
        Quota quota = new Quota(1, period, Math.min(offset, period.lastOffset()));
        Quota.Window window = quota.window(day);
        assertThat(day).isBetween(window.begin(), window.end() - 1);
        assertThat(quota.window(window.begin())).isEqualTo(window);
        assertThat(quota.window(window.end() - 1)).isEqualTo(window);
        assertThat(quota.window(window.end()).begin()).isEqualTo(window.end());
    }

    @ParameterizedTest
    @CsvSource({"DAY,1", "WEEK,7", "MONTH,28", "DAY,-1"})
    void offsetsBeyondThePeriodAreRefused(QuotaPeriod period, int offset) {
        assertThatThrownBy(() -> new Quota(1, period, offset)).isInstanceOf(IllegalArgumentException.class);
    }
}
