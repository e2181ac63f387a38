package dev.gatehouse.dataplane.flow;

import java.util.regex.Pattern;

/** What callers, backends and functions say, on its way into a log: one line, and nothing that a terminal would obey. */
final class LogText {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\x{2028}\\x{2029}]+");

    private LogText() {}

    static String of(String text) {
        return CONTROL.matcher(text).replaceAll(" ");
    }
}
