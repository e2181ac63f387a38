package dev.gatehouse.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.limit.Claim;
import dev.gatehouse.engine.limit.ClusterStatus;
import dev.gatehouse.engine.limit.Fallback;
import dev.gatehouse.engine.limit.Level;
import dev.gatehouse.engine.limit.Limit;
import dev.gatehouse.engine.limit.Quota;
import dev.gatehouse.engine.limit.QuotaPeriod;
import dev.gatehouse.engine.limit.Rate;
import dev.gatehouse.engine.limit.Sharing;
import dev.gatehouse.engine.limit.Terms;
import dev.gatehouse.engine.limit.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Redis goes in the middle of load, and comes back; each plan has made its choice. */
class OutageTest {

    private static final Logger LOG = LoggerFactory.getLogger(OutageTest.class);
    private static final Duration TIMEOUT = Duration.ofMillis(50);

    /** Machines that build are busy: a call that waits for its timeout waits for a processor, too. */
    private static final Duration BOUND = TIMEOUT.multipliedBy(20);

    /** Calls that may be counted although their answer came too late. */
    private static final int IN_DOUBT = 20;

    private static RedisServer server;

    @BeforeAll
    static void start() throws Exception {
        RedisServer.assumeInstalled();
        server = RedisServer.start("--appendonly", "yes", "--appendfsync", "no");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.resume();
            server.close();
        }
    }

    /** One caller for each choice, a call every two milliseconds. */
    private static final class Load {

        private final Map<Fallback, Queue<Long>> took = new ConcurrentHashMap<>();
        private final Map<Fallback, Integer> passed = new ConcurrentHashMap<>();
        private final Map<Fallback, Integer> refused = new ConcurrentHashMap<>();
        private final AtomicInteger threads = new AtomicInteger();
        private final ScheduledExecutorService callers = Executors.newScheduledThreadPool(3);

        Load(ClusterNode node, int quota) {
            for (Fallback fallback : Fallback.values()) {
                took.put(fallback, new ConcurrentLinkedQueue<>());
                callers.scheduleAtFixedRate(() -> call(node, claim(fallback, quota)), 0, 2, TimeUnit.MILLISECONDS);
            }
        }

        private void call(ClusterNode node, Claim claim) {
            long started = System.nanoTime();
            Verdict verdict = node.limits.admit(claim, List.of()).join();
            Fallback fallback = claim.terms().fallback();
            took.get(fallback).add(System.nanoTime() - started);
            (verdict.permitted() ? passed : refused).merge(fallback, 1, Integer::sum);
            if (!verdict.permitted()) {
                assertThat(verdict.refusedBy()).isIn(fallback == Fallback.REFUSE ? Level.UNREACHABLE : Level.QUOTA);
            }
            threads.accumulateAndGet(Thread.activeCount(), Math::max);
        }

        int passed(Fallback fallback) {
            return passed.getOrDefault(fallback, 0);
        }

        Duration p99(Fallback fallback) {
            long[] sorted = took.get(fallback).stream()
                    .mapToLong(Long::longValue)
                    .sorted()
                    .toArray();
            return Duration.ofNanos(sorted[(int) (sorted.length * 0.99)]);
        }

        String figures(Fallback fallback) {
            long[] sorted = took.get(fallback).stream()
                    .mapToLong(Long::longValue)
                    .sorted()
                    .toArray();
            return fallback + ": " + sorted.length + " calls, " + passed.getOrDefault(fallback, 0)
                    + " passed, in microseconds p50 "
                    + sorted[sorted.length / 2] / 1000 + ", p99 " + sorted[(int) (sorted.length * 0.99)] / 1000
                    + ", longest " + sorted[sorted.length - 1] / 1000;
        }

        void end() throws Exception {
            callers.shutdown();
            assertThat(callers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Claim claim(Fallback fallback, int quota) {
        return new Claim(
                fallback.name(),
                "key",
                new Quota(quota, QuotaPeriod.MONTH, 0),
                null,
                new Limit(Level.CLIENT, "client", new Rate(100_000, 100_000)),
                new Terms(Sharing.EXACT, fallback));
    }

    private static ClusterNode node() throws Exception {
        return new ClusterNode(
                server.settings(TIMEOUT),
                ClusterNode.settings(Sharing.EXACT, Fallback.LOCAL_SHARE, 2, TIMEOUT),
                "node");
    }

    private static void await(BooleanSupplier condition) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        try {
            watch.scheduleAtFixedRate(
                    () -> {
                        if (condition.getAsBoolean()) {
                            done.countDown();
                        }
                    },
                    0,
                    5,
                    TimeUnit.MILLISECONDS);
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            watch.shutdownNow();
        }
    }

    private static long used(ClusterNode node, Fallback fallback) throws Exception {
        return new RedisCounters(node.line)
                .usage(fallback.name(), List.of("key"))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .get("key")
                .usage()
                .used();
    }

    @Test
    void whileRedisStandsStillEachPlanGetsItsChoiceWithinTheTimeoutAndThenItHeals() throws Exception {
        int quota = 1_000_000;
        try (ClusterNode node = node()) {
            node.line.ask(redis -> redis.flushall()).toCompletableFuture().get(10, TimeUnit.SECONDS);
            Load before = new Load(node, quota);
            await(() -> before.took.values().stream().allMatch(calls -> calls.size() > 200));
            before.end();
            await(() -> node.limits.status().reachable());
            long outages = node.limits.status().outages();

            server.pause();
            Load during = new Load(node, quota);
            CountDownLatch never = new CountDownLatch(1);
            assertThat(never.await(10, TimeUnit.SECONDS)).isFalse();
            during.end();
            ClusterStatus status = node.limits.status();
            server.resume();
            report("standing still for 10 s", during, status);

            assertThat(status.outages()).isEqualTo(outages + 1);
            assertThat(status.reachable()).isFalse();
            assertThat(during.passed.get(Fallback.REFUSE)).isNull();
            assertThat(during.refused.get(Fallback.ALLOW)).isNull();
            assertThat(during.refused.get(Fallback.LOCAL_SHARE)).isNull();
            for (Fallback fallback : Fallback.values()) {
                assertThat(during.p99(fallback)).as("p99 of %s", fallback).isLessThan(BOUND);
            }
            assertThat(during.threads.get()).as("threads").isLessThan(60);

            await(() -> node.limits.status().reachable());
            int after = 0;
            Map<Fallback, Integer> more = new ConcurrentHashMap<>();
            for (Fallback fallback : Fallback.values()) {
                more.put(fallback, node.passed(claim(fallback, quota), 20));
                after += more.get(fallback);
            }
            assertThat(after).as("calls that were answered in time").isGreaterThan(50);
            // calls that passed are told as soon as somebody asks about the key again; those that were refused are not
            for (Fallback fallback : Fallback.values()) {
                long passed = more.get(fallback) + before.passed(fallback) + during.passed(fallback);
                assertThat(used(node, fallback)).as("used of %s", fallback).isBetween(passed, passed + IN_DOUBT);
            }
        }
    }

    @Test
    void whenRedisIsKilledEachPlanGetsItsChoiceAndTheShareIsOneOfWhatWasLeft() throws Exception {
        int quota = 1000;
        try (ClusterNode node = node()) {
            node.line.ask(redis -> redis.flushall()).toCompletableFuture().get(10, TimeUnit.SECONDS);
            Map<Fallback, Integer> before = new ConcurrentHashMap<>();
            for (Fallback fallback : Fallback.values()) {
                before.put(fallback, node.passed(claim(fallback, quota), 100));
            }
            await(() -> node.limits.status().reachable());
            long outages = node.limits.status().outages();
            server.kill();
            Load during = new Load(node, quota);
            await(() -> during.took.values().stream().allMatch(calls -> calls.size() > 1200));
            during.end();
            report("killed", during, node.limits.status());
            assertThat(during.passed.get(Fallback.REFUSE)).isNull();
            assertThat(during.refused.get(Fallback.ALLOW)).isNull();
            // one of two nodes
            int share = (quota - before.get(Fallback.LOCAL_SHARE)) / 2;
            assertThat(during.passed(Fallback.LOCAL_SHARE)).isBetween(share - IN_DOUBT, share);
            for (Fallback fallback : Fallback.values()) {
                assertThat(during.p99(fallback)).as("p99 of %s", fallback).isLessThan(BOUND);
            }
            assertThat(node.limits.status().outages()).isEqualTo(outages + 1);

            server.startAgain();
            await(() -> node.limits.status().reachable());
            assertThat(node.passed(claim(Fallback.LOCAL_SHARE, quota), 1000)).isBetween(share - IN_DOUBT, share + 1);
            assertThat(node.passed(claim(Fallback.ALLOW, quota), 10)).isZero();
            int rest = quota - before.get(Fallback.REFUSE);
            assertThat(node.passed(claim(Fallback.REFUSE, quota), 1000)).isBetween(rest - IN_DOUBT, rest);
        } finally {
            server.kill();
            server.startAgain();
        }
    }

    private static void report(String what, Load load, ClusterStatus status) {
        for (Fallback fallback : Fallback.values()) {
            LOG.info("Redis {}: {}", what, load.figures(fallback));
        }
        LOG.info("Redis {}: {}, at most {} threads", what, status, load.threads);
    }
}
