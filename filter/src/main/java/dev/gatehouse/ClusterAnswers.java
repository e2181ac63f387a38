package dev.gatehouse;

import dev.gatehouse.dataplane.authorizer.AuthorizerCache;
import dev.gatehouse.dataplane.authorizer.SharedAnswers;
import dev.gatehouse.engine.redis.RedisAnswers;
import dev.gatehouse.engine.redis.RedisLine;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What authorizers have answered to other nodes, in Redis. */
final class ClusterAnswers implements SharedAnswers, AutoCloseable {

    private final RedisAnswers answers;

    /** @param cache is told of flushes of other nodes */
    ClusterAnswers(RedisLine line, AuthorizerCache cache) {
        this.answers = new RedisAnswers(line, stage -> {
            int slash = stage.indexOf('/');
            cache.flushHere(stage.substring(0, slash), stage.substring(slash + 1));
        });
    }

    /** Ids of APIs have no slash. */
    private static String name(String apiId, String stage) {
        return apiId + "/" + stage;
    }

    @Override
    public CompletionStage<Found> find(String apiId, String stage, String question) {
        return answers.find(name(apiId, stage), question).thenApply(found -> new Found(found.value(), found.flushes()));
    }

    @Override
    public void keep(String apiId, String stage, String question, Found found, byte[] sealed, Duration ttl) {
        answers.keep(name(apiId, stage), question, found.flushes(), sealed, ttl);
    }

    @Override
    public void flush(String apiId, String stage) {
        answers.flush(name(apiId, stage));
    }

    @Override
    public void close() {
        answers.close();
    }
}
