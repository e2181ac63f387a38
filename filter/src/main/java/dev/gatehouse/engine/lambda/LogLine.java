package dev.gatehouse.engine.lambda;

import java.nio.charset.StandardCharsets;

/** What somebody else wrote, fit for a log: one line, and not a long one. */
final class LogLine {

    private static final int LONGEST = 500;

    private LogLine() {}

    static String of(byte[] text) {
        return of(new String(text, 0, Math.min(text.length, LONGEST), StandardCharsets.UTF_8));
    }

    static String of(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.substring(0, Math.min(LONGEST, line.length()));
    }
}
