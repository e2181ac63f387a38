package dev.gatehouse.engine.redis;

import dev.gatehouse.engine.limit.Admission;
import dev.gatehouse.engine.limit.Claim;
import dev.gatehouse.engine.limit.Level;
import dev.gatehouse.engine.limit.Quota;
import dev.gatehouse.engine.limit.Rate;
import dev.gatehouse.engine.limit.SharedCounters;
import dev.gatehouse.engine.limit.SharedUsage;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Counters in Redis or Valkey, one script for each call: the server decides, by its own clock. Thread-safe.
 *
 * <p>A call that waits in a buffer until nobody waits for it any more is not counted: each order says until when it counts, in the
 * server's time, which is known from its answers.
 */
public final class RedisCounters implements SharedCounters {

    private static final RedisScript COUNT = RedisScript.of("count.lua");
    private static final RedisScript GIVE_BACK = RedisScript.of("give-back.lua");
    private static final RedisScript GIVE_BACK_CALLS = RedisScript.of("give-back-calls.lua");
    private static final RedisScript GRANT = RedisScript.of("grant.lua");
    private static final RedisScript BEAT = RedisScript.of("beat.lua");
    private static final Duration GONE_AFTER = Duration.ofSeconds(5);
    private static final int SILENT_BEATS = 5;
    private static final int NOBODY_WAITS = -2;
    private static final int FIRST_DRAWN = 12;

    private final RedisLine line;
    private final Supplier<String> time;
    private final AtomicInteger unanswered = new AtomicInteger();

    /** What has to be added to our clock to have the server's, in microseconds; null while nobody knows. */
    private volatile Long ahead;

    /** @param line is closed with the counters */
    public RedisCounters(RedisLine line) {
        this(line, () -> "");
    }

    /** @param time in microseconds; empty for the server's */
    RedisCounters(RedisLine line, Supplier<String> time) {
        this.line = line;
        this.time = time;
    }

    // ---- calls

    @Override
    public CompletionStage<Receipt> count(Order order) {
        List<String> keys = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        String now = time.get();
        arguments.add(now);
        arguments.add(now.isEmpty() ? deadline() : "");
        arguments.add(Integer.toString(order.nodes()));
        Claim claim = order.claim();
        if (claim == null) {
            arguments.addAll(List.of("-", "", "0"));
            addKnown(SharedUsage.NONE, arguments);
        } else {
            keys.add(usageKey(claim.planId(), claim.keyId()));
            addPlan(claim.quota(), arguments);
            addKnown(order.known(), arguments);
        }
        arguments.add(Integer.toString(order.pending()));
        arguments.add(Integer.toString(order.quotaSpare()));
        for (Draw draw : order.draws()) {
            keys.add(bucketKey(draw.bucket()));
            arguments.add(Double.toString(draw.limit().rate().perSecond()));
            arguments.add(Integer.toString(draw.limit().rate().burst()));
            arguments.add(Integer.toString(draw.spare()));
        }
        return line.run(COUNT, keys, arguments).thenApply(answer -> receipt(order, answer));
    }

    /** An order waits for its answer as long as settings say; and the server's time is known to that precision. */
    private String deadline() {
        Long known = ahead;
        return known == null
                ? ""
                : Long.toString(
                        known + nowMicros() + 2 * line.settings().timeout().toNanos() / 1000);
    }

    private static long nowMicros() {
        return System.nanoTime() / 1000;
    }

    private Receipt receipt(Order order, List<Object> answer) {
        long refused = (Long) answer.get(0);
        ahead = (Long) answer.get(2) - nowMicros();
        if (refused == NOBODY_WAITS) {
            throw new IllegalStateException("the order came too late to " + line);
        }
        List<Drawn> drawn = new ArrayList<>();
        for (int i = 0; i < order.draws().size(); i++) {
            drawn.add(new Drawn(
                    (Long) answer.get(FIRST_DRAWN + 2 * i), ((Long) answer.get(FIRST_DRAWN + 1 + 2 * i)).intValue()));
        }
        return new Receipt(
                level(order, (int) refused),
                retryAfter((Long) answer.get(1)),
                order.claim() == null ? null : usage(answer, 4),
                ((Long) answer.get(3)).intValue(),
                drawn);
    }

    private static Level level(Order order, int refused) {
        return refused < 0
                ? null
                : refused == 0
                        ? Level.QUOTA
                        : order.draws().get(refused - 1).limit().level();
    }

    private static Duration retryAfter(long micros) {
        return micros < 0 ? Admission.NEVER : Duration.of(micros, ChronoUnit.MICROS);
    }

    private static SharedUsage usage(List<Object> answer, int at) {
        return new SharedUsage(
                ((Long) answer.get(at)).intValue(),
                ((Long) answer.get(at + 1)).intValue(),
                (Long) answer.get(at + 2),
                (Long) answer.get(at + 3),
                (Long) answer.get(at + 4),
                (Long) answer.get(at + 5),
                ((Long) answer.get(at + 6)).intValue(),
                (Long) answer.get(at + 7));
    }

    private static void addPlan(Quota quota, List<String> arguments) {
        arguments.add(quota == null ? "" : Integer.toString(quota.limit()));
        arguments.add(quota == null ? "" : quota.period().name());
        arguments.add(quota == null ? "0" : Integer.toString(quota.offset()));
    }

    private static void addKnown(SharedUsage known, List<String> arguments) {
        arguments.add(Integer.toString(known.periodBegin()));
        arguments.add(Integer.toString(known.periodEnd()));
        arguments.add(Long.toString(known.counted()));
        arguments.add(Long.toString(known.returned()));
        arguments.add(Long.toString(known.extra()));
        arguments.add(Long.toString(known.grants()));
        arguments.add(Integer.toString(known.day()));
        arguments.add(Long.toString(known.usedOnDay()));
    }

    private static String usageKey(String planId, String keyId) {
        return "usage/" + planId.length() + "/" + planId + "/" + keyId;
    }

    private static String bucketKey(String bucket) {
        return "bucket/" + bucket;
    }

    // ---- giving back

    @Override
    public CompletionStage<Void> giveBack(String bucket, Rate rate, int tokens) {
        return line.run(
                        GIVE_BACK,
                        List.of(bucketKey(bucket)),
                        List.of(time.get(), Double.toString(rate.perSecond()), Integer.toString(tokens)))
                .thenApply(answer -> null);
    }

    @Override
    public CompletionStage<Void> giveBack(String planId, String keyId, SharedUsage counted, int calls) {
        return line.run(
                        GIVE_BACK_CALLS,
                        List.of(usageKey(planId, keyId)),
                        List.of(
                                Integer.toString(counted.periodBegin()),
                                Integer.toString(counted.day()),
                                Integer.toString(calls)))
                .thenApply(answer -> null);
    }

    // ---- usage

    @Override
    public CompletionStage<SharedUsage> grant(Claim claim, SharedUsage known, int pending, long remaining) {
        List<String> arguments = new ArrayList<>();
        arguments.add(time.get());
        addPlan(claim.quota(), arguments);
        addKnown(known, arguments);
        arguments.add(Integer.toString(pending));
        arguments.add(Long.toString(remaining));
        return line.run(GRANT, List.of(usageKey(claim.planId(), claim.keyId())), arguments)
                .thenApply(answer -> usage(answer, 0));
    }

    @Override
    public CompletionStage<Map<String, Kept>> usage(String planId, Collection<String> keyIds) {
        Map<String, CompletableFuture<Map<String, String>>> asked = new HashMap<>();
        for (String keyId : keyIds) {
            asked.put(
                    keyId,
                    line.ask(redis -> redis.hgetall(line.key(usageKey(planId, keyId))))
                            .toCompletableFuture());
        }
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    Map<String, Kept> kept = new HashMap<>();
                    asked.forEach((keyId, hash) -> {
                        if (!hash.join().isEmpty()) {
                            kept.put(keyId, kept(hash.join()));
                        }
                    });
                    return kept;
                });
    }

    private static Kept kept(Map<String, String> hash) {
        Map<Integer, long[]> days = new HashMap<>();
        hash.forEach((field, value) -> {
            if (field.startsWith("D")) {
                int blank = value.indexOf(' ');
                days.put(Integer.parseInt(field.substring(1)), new long[] {
                    Long.parseLong(value.substring(0, blank)), Long.parseLong(value.substring(blank + 1))
                });
            }
        });
        return new Kept(
                new SharedUsage(
                        (int) number(hash, "b"),
                        (int) number(hash, "e"),
                        number(hash, "u"),
                        number(hash, "r"),
                        number(hash, "x"),
                        number(hash, "g"),
                        0,
                        0),
                days);
    }

    private static long number(Map<String, String> hash, String field) {
        return Long.parseLong(hash.getOrDefault(field, "0"));
    }

    // ---- nodes

    @Override
    public CompletionStage<Integer> beat(String nodeId) {
        if (unanswered.incrementAndGet() > SILENT_BEATS) {
            unanswered.set(0);
            line.reconnect();
        } else {
            line.connect();
        }
        List<String> arguments = List.of(nodeId, Long.toString(GONE_AFTER.toMillis() * 1000));
        return line.sought()
                .thenCompose(whatever -> line.run(BEAT, List.of("nodes"), arguments))
                .thenApply(answer -> {
                    unanswered.set(0);
                    return ((Long) answer.get(0)).intValue();
                });
    }

    @Override
    public void leave(String nodeId) {
        try {
            line.ask(redis -> redis.zrem(line.key("nodes"), nodeId))
                    .toCompletableFuture()
                    .get(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // it is missed in a few seconds
        }
    }

    @Override
    public void close() {
        line.close();
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
