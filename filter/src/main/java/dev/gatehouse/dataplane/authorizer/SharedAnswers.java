package dev.gatehouse.dataplane.authorizer;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Where the nodes of a cluster keep what Lambda authorizers have answered. What is kept is sealed: whoever else can read and write
 * there learns nothing and can let nobody in. Thread-safe; nothing waits or throws.
 */
public interface SharedAnswers {

    /**
     * What was found.
     *
     * @param sealed null where there is nothing
     * @param flushes how often the stage had been flushed: an answer to this question is kept for that time only
     */
    record Found(byte[] sealed, long flushes) {}

    /**
     * Looks for an answer. Completes on a thread that may be used.
     *
     * @param question tells it from all others of the stage; without anything secret
     * @return completes with an exception where the place does not answer, in time that a call can wait
     */
    CompletionStage<Found> find(String apiId, String stage, String question);

    /** @param found what was told when it was not there */
    void keep(String apiId, String stage, String question, Found found, byte[] sealed, Duration ttl);

    /** Forgets everything of a stage, on all nodes. */
    void flush(String apiId, String stage);
}
