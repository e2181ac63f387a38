package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Matched;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The log that a test invocation answers with, in Amazon's format (recorded). Not thread-safe: one call writes it, once. */
final class TestJournal implements Journal {

    /** There Amazon cuts a value (recorded of header maps). */
    private static final int LONGEST_VALUE = 998;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private final StringBuilder text = new StringBuilder();

    TestJournal(String requestId, InstantSource clock) {
        this.clock = clock;
        text.append("Execution log for request ").append(requestId).append('\n');
    }

    @Override
    public boolean ofLogGroup() {
        return false;
    }

    @Override
    public void line(Matched matched, String label, String value) {
        line(clock.instant(), label, value, text);
    }

    /** One line, line break included; what a backend says stays as it is, since whoever reads this has asked for it. */
    static void line(Instant time, String label, String value, StringBuilder text) {
        text.append(TIME.format(time)).append(" : ").append(label);
        if (value.length() > LONGEST_VALUE) {
            text.append(value, 0, LONGEST_VALUE).append(" [TRUNCATED]");
        } else {
            text.append(value);
        }
        text.append('\n');
    }

    String text() {
        return text.toString();
    }
}
