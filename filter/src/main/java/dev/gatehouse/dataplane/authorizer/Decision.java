package dev.gatehouse.dataplane.authorizer;

import java.util.concurrent.CompletionStage;

/** Whether a call may go on. */
public sealed interface Decision {

    /** @param caller who calls */
    record Allowed(CallerFacts caller) implements Decision {

        static final Allowed ANYBODY = new Allowed(CallerFacts.NOBODY);
    }

    /**
     * @param denial why, and how to say it
     * @param caller what became known all the same: gateway responses may speak of it
     */
    record Denied(Denial denial, CallerFacts caller) implements Decision {}

    /**
     * Somebody has to be asked, or the body is not there yet.
     *
     * @param decision allowed or denied; where it fails, nobody has permitted anything and the call ends with 500
     */
    record Pending(CompletionStage<Decision> decision) implements Decision {}
}
