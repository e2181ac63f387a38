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

    static Timestamp of(Instant when) {
        return new Timestamp(BASIC.format(when), when.getEpochSecond());
    }

    /** @return null for anything but the basic format and the date of HTTP, which a {@code Date} header may hold */
    static Timestamp parse(String text) {
        try {
            if (text.length() == 16 && text.charAt(8) == 'T' && text.charAt(15) == 'Z') {
                LocalDate date = LocalDate.of(number(text, 0, 4), number(text, 4, 6), number(text, 6, 8));
                int hour = number(text, 9, 11);
                int minute = number(text, 11, 13);
                int second = number(text, 13, 15);
                return hour > 23 || minute > 59 || second > 59
                        ? null
                        : new Timestamp(text, date.toEpochDay() * 86_400 + hour * 3_600L + minute * 60L + second);
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
}
