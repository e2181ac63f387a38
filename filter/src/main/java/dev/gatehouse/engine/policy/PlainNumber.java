package dev.gatehouse.engine.policy;

import java.math.BigDecimal;

/** Numbers without exponent: what is written is what is compared, and nothing grows. */
final class PlainNumber {

    private static final int MOST_DIGITS = 64;

    private PlainNumber() {}

    /** @return null for anything else */
    static BigDecimal parse(String text) {
        int digits = 0;
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.') {
                points++;
            } else if (i > 0 || c != '-' && c != '+') {
                return null;
            }
        }
        boolean good = digits > 0 && digits <= MOST_DIGITS && points <= 1 && !text.endsWith(".");
        return good ? new BigDecimal(text) : null;
    }
}
