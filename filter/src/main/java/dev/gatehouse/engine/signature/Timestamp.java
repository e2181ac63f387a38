package dev.gatehouse.engine.signature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * When a request says that it was signed.
 *
 * @param text in the basic format of ISO 8601, such as {@code 20150830T123600Z}
 * @param epochSecond the same
 */
record Timestamp(String text, long epochSecond) {

    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** Nearly all requests are signed on the same day; threads that disagree only compute it again. */
    private static Day lastDay;

    static Timestamp of(Instant when) {
        return new Timestamp(BASIC.format(when), when.getEpochSecond());
    }

    /** @return null for anything but the basic format and the date of HTTP, which a {@code Date} header may hold */
    static Timestamp parse(String text) {
        try {
            if (text.length() == 16 && text.charAt(8) == 'T' && text.charAt(15) == 'Z') {
                long day = epochDay(number(text, 0, 8));
                int hour = number(text, 9, 11);
                int minute = number(text, 11, 13);
                int second = number(text, 13, 15);
                return hour > 23 || minute > 59 || second > 59
                        ? null
                        : new Timestamp(text, day * 86_400 + hour * 3_600L + minute * 60L + second);
            }
            return of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }

    static Claim.Unusable malformed(String text) {
        return Claim.incomplete("Date must be in ISO-8601 'basic format'. Got '" + text
                + "'. See http://en.wikipedia.org/wiki/ISO_8601");
    }

    /** @param date such as 20150830 */
    private static long epochDay(int date) {
        Day known = lastDay;
        if (known == null || known.date != date) {
            known = new Day(
                    date,
                    LocalDate.of(date / 10_000, date / 100 % 100, date % 100).toEpochDay());
            lastDay = known;
        }
        return known.epochDay;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("no digit");
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private record Day(int date, long epochDay) {}
}
