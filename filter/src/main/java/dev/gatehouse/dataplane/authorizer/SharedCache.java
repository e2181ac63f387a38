package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.dataplane.authorizer.AuthorizerCache.Key;
import dev.gatehouse.dataplane.authorizer.AuthorizerResultReader.InvalidResultException;
import dev.gatehouse.dataplane.authorizer.SharedAnswers.Found;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/** What other nodes have been told by authorizers, for a cache that does not know it. Thread-safe. */
final class SharedCache {

    private final SharedAnswers answers;
    private final AnswerSeal seal;

    SharedCache(SharedAnswers answers, byte[] key, InstantSource clock) {
        this.answers = answers;
        this.seal = new AnswerSeal(key, clock);
    }

    /**
     * An answer that another node has got.
     *
     * @param result null where there is none
     * @param ttl for how long it counts from now on
     * @param keep takes the function's output where there was none, and does nothing where nobody could be asked
     */
    record Known(AuthorizerResult result, Duration ttl, KeepOutput keep) {}

    /** Keeps what a function has returned. */
    interface KeepOutput {
        void keep(byte[] output, Duration ttl);
    }

    /** Never fails: where nobody answers, nothing is known. */
    CompletionStage<Known> find(Key key) {
        String name = seal.name(key);
        return answers.find(key.authorizer().apiId(), key.authorizer().stage(), name)
                .handle((found, failure) ->
                        failure == null ? known(key, name, found) : new Known(null, null, (output, ttl) -> {}));
    }

    private Known known(Key key, String name, Found found) {
        KeepOutput keep = (output, ttl) -> answers.keep(
                key.authorizer().apiId(),
                key.authorizer().stage(),
                name,
                found,
                seal.seal(name, output, ttl.toMillis()),
                ttl);
        AnswerSeal.Opened opened = found.sealed() == null ? null : seal.open(name, found.sealed());
        if (opened == null) {
            return new Known(null, null, keep);
        }
        try {
            return new Known(AuthorizerResultReader.read(opened.output()), Duration.ofMillis(opened.millis()), keep);
        } catch (InvalidResultException e) {
            return new Known(null, null, keep);
        }
    }

    void flush(String apiId, String stage) {
        answers.flush(apiId, stage);
    }
}
