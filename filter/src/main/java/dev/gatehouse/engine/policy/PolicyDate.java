package dev.gatehouse.engine.policy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Dates as policies write them: ISO 8601 with a zone, a day of UTC, or seconds since 1970. */
final class PolicyDate {

    /** A thousand times the seconds that have passed until now. */
    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(10_000_000_000_000L);

    private PolicyDate() {}

    /** @return null for anything else */
    static Instant parse(String text) {
        try {
            BigDecimal seconds = PlainNumber.parse(text);
            if (seconds != null) {
                return seconds.abs().compareTo(MOST_SECONDS) > 0
                        ? null
                        : Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
            }
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
