package dev.gatehouse.dataplane.flow;

import java.time.InstantSource;

/** The log of a test invocation of an authorizer, in Amazon's words (published logs). Not thread-safe. */
final class AuthorizerLog {

    private final InstantSource clock;
    private final StringBuilder text = new StringBuilder();

    AuthorizerLog(String requestId, String authorizerId, InstantSource clock) {
        this.clock = clock;
        text.append("Execution log for request ").append(requestId).append('\n');
        line("Starting authorizer: ", authorizerId + " for request: " + requestId);
    }

    void line(String label, String value) {
        TestJournal.line(clock.instant(), label, value, text);
    }

    String text() {
        return text.toString();
    }

    /** As Amazon masks identities: the last six characters stay. */
    static String masked(String value) {
        return ExecutionLog.masked(value);
    }
}
