package dev.gatehouse.engine.redis;

import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that nodes remember together, by stage and question, for as long as each is told to last. A stage can be flushed: the number of
 * its flushes is part of the key, so nothing has to be looked for, and what was asked before is not found after. Thread-safe.
 *
 * <p>Nodes hear of a flush within half a second. One that Redis did not take is tried again until it does, and until then nothing of the
 * stage is looked for.
 */
public final class RedisAnswers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisAnswers.class);
    private static final RedisScript FIND = RedisScript.of("find-answer.lua");
    private static final String FLUSHES = "answer-flushes";
    private static final String ANSWERS = "answer/";
    private static final int FOLLOW_MILLIS = 500;

    /**
     * @param value null where there is none
     * @param flushes of the stage so far
     */
    public record Answer(byte[] value, long flushes) {}

    private final RedisLine line;
    private final Consumer<String> flushed;
    private final Set<String> toFlush = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread;

    /** Empty at first, so that what was flushed between the start and the first look is flushed then, and older ones in vain. */
    private Map<String, String> known = Map.of();

    /**
     * @param line belongs to somebody else
     * @param flushed hears of stages that some node has flushed
     */
    public RedisAnswers(RedisLine line, Consumer<String> flushed) {
        this.line = line;
        this.flushed = flushed;
        this.thread = Executors.newScheduledThreadPool(2, work -> {
            Thread one = new Thread(work, "gatehouse-answers");
            one.setDaemon(true);
            return one;
        });
        thread.scheduleWithFixedDelay(this::follow, 0, FOLLOW_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Completes on a thread that may be used, and within the timeout. */
    public CompletionStage<Answer> find(String stage, String question) {
        if (toFlush.contains(stage)) {
            return CompletableFuture.failedFuture(new IllegalStateException("a flush is still to be told"));
        }
        return line.run(FIND, List.of(FLUSHES, ANSWERS), List.of(stage, question))
                .toCompletableFuture()
                .thenApply(found -> new Answer(
                        found.get(1) == null ? null : Base64.getDecoder().decode((String) found.get(1)),
                        (Long) found.get(0)))
                .orTimeout(line.settings().timeout().toNanos(), TimeUnit.NANOSECONDS)
                .handleAsync(
                        (answer, failure) -> {
                            if (failure != null) {
                                throw new IllegalStateException(line + " does not know", failure);
                            }
                            return answer;
                        },
                        thread);
    }

    /** @param flushes what was told when the question came up */
    public void keep(String stage, String question, long flushes, byte[] value, Duration ttl) {
        String key = line.key(ANSWERS + stage + "/" + flushes + "/" + question);
        line.ask(redis -> redis.set(key, Base64.getEncoder().encodeToString(value), SetArgs.Builder.px(ttl)));
    }

    /** Forgets all answers of a stage. */
    public void flush(String stage) {
        toFlush.add(stage);
        tell(stage);
    }

    private void tell(String stage) {
        line.ask(redis -> redis.hincrby(line.key(FLUSHES), stage, 1)).whenComplete((count, failure) -> {
            if (failure == null) {
                toFlush.remove(stage);
            }
        });
    }

    private void follow() {
        try {
            toFlush.forEach(this::tell);
            Map<String, String> now = line.ask(redis -> redis.hgetall(line.key(FLUSHES)))
                    .toCompletableFuture()
                    .get(FOLLOW_MILLIS, TimeUnit.MILLISECONDS);
            Map<String, String> before = known;
            known = new HashMap<>(now);
            now.forEach((stage, flushes) -> {
                if (!flushes.equals(before.get(stage))) {
                    flushed.accept(stage);
                }
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.debug("{} does not tell about flushes", line, e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
