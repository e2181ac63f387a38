package dev.gatehouse.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.limit.Claim;
import dev.gatehouse.engine.limit.ClusterLimits;
import dev.gatehouse.engine.limit.Fallback;
import dev.gatehouse.engine.limit.Level;
import dev.gatehouse.engine.limit.Limit;
import dev.gatehouse.engine.limit.Quota;
import dev.gatehouse.engine.limit.QuotaPeriod;
import dev.gatehouse.engine.limit.Rate;
import dev.gatehouse.engine.limit.Sharing;
import dev.gatehouse.engine.limit.Terms;
import dev.gatehouse.engine.limit.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that count together, in this process and in others. */
class ClusterTest {

    private static final Duration PATIENT = Duration.ofSeconds(20);

    private static RedisServer server;

    private final List<ClusterNode> nodes = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        RedisServer.assumeInstalled();
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void empty() throws Exception {
        flush(node(Sharing.EXACT, 1));
    }

    @AfterEach
    void leave() {
        nodes.forEach(ClusterNode::close);
    }

    private ClusterNode node(Sharing sharing, int of) throws Exception {
        return node(sharing, Fallback.REFUSE, of);
    }

    private ClusterNode node(Sharing sharing, Fallback fallback, int of) throws Exception {
        ClusterNode node = new ClusterNode(
                server.settings(PATIENT), ClusterNode.settings(sharing, fallback, of, PATIENT), "node" + nodes.size());
        nodes.add(node);
        return node;
    }

    private static void flush(ClusterNode node) throws Exception {
        node.line.ask(redis -> redis.flushall()).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("nanoseconds over time").isNegative();
            Thread.onSpinWait();
        }
    }

    private static Claim on(Terms terms, Claim claim) {
        return new Claim(claim.planId(), claim.keyId(), claim.quota(), claim.method(), claim.client(), terms);
    }

    // ---- exact

    @Test
    void ofTenThousandCallsThatRaceForTheLastOnesExactlyThatManyPass() throws Exception {
        ClusterNode node = node(Sharing.EXACT, 1);
        Claim quota = new Claim(
                "quota",
                "key",
                new Quota(137, QuotaPeriod.DAY, 0),
                null,
                new Limit(Level.CLIENT, "quota", new Rate(1e6, 1_000_000)));
        assertThat(List.of(
                        node.race(quota, 10_000, new Limit(Level.METHOD, "open", new Rate(1e6, 1_000_000))),
                        node.race(ClusterNode.throttle("throttle", 137), 2000),
                        node.race(null, 2000, ClusterNode.account(137))))
                .containsExactly(137, 137, 137);
        assertThat(node.limits.status().failed()).isZero();
    }

    @Test
    void onThreeProcessesExactlyThatManyPassAndLeasedNoMoreThanStated() throws Exception {
        try (Processes processes = new Processes(3)) {
            assertThat(List.of(processes.race("EXACT quota a 1000 3400"), processes.race("EXACT throttle b 300 400")))
                    .containsExactly(1000L, 300L);
            // 10 calls in advance for each of 3 nodes
            assertThat(processes.race("LEASED throttle c 300 600")).isBetween(290L, 330L);
            // what is used is counted before: there is no call too many, and what a node holds comes back to all
            long passed = processes.race("LEASED quota d 300 600");
            assertThat(passed).isBetween(270L, 300L);
            ClusterNode last = node(Sharing.EXACT, 3);
            long[] rest = {passed};
            await(() -> (rest[0] += last.passed(ClusterNode.quota("d", 300), 1)) == 300);
            assertThat(last.passed(ClusterNode.quota("d", 300), 50)).isZero();
        }
    }

    /** Nodes in processes of their own, which race at the same time. */
    private static final class Processes implements AutoCloseable {

        private final List<Process> processes = new ArrayList<>();
        private final List<BufferedReader> answers = new ArrayList<>();
        private final List<PrintWriter> orders = new ArrayList<>();

        Processes(int number) throws IOException {
            for (int i = 0; i < number; i++) {
                Process process = new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-Xmx128m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ClusterNode.class.getName(),
                                server.uri().toString(),
                                Integer.toString(number),
                                "process" + i)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                processes.add(process);
                answers.add(process.inputReader(StandardCharsets.UTF_8));
                orders.add(new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true));
            }
            for (BufferedReader answer : answers) {
                assertThat(answer.readLine()).isEqualTo("ready");
            }
        }

        long race(String order) throws IOException {
            orders.forEach(one -> one.println(order));
            long passed = 0;
            for (BufferedReader answer : answers) {
                passed += Long.parseLong(answer.readLine());
            }
            return passed;
        }

        @Override
        public void close() {
            orders.forEach(PrintWriter::close);
            processes.forEach(process -> process.destroyForcibly().onExit().join());
        }
    }

    @Test
    void aRefusedCallCostsNothingWhereverItsLimitsAreCounted() throws Exception {
        for (Sharing plan : Sharing.values()) {
            for (Sharing gateway : Sharing.values()) {
                ClusterNode node = node(gateway, 1);
                Terms terms = new Terms(plan, Fallback.REFUSE);
                String id = plan + "-" + gateway;
                Claim claim = on(terms, new Claim(id, "key", new Quota(20, QuotaPeriod.DAY, 0), null, null));
                Limit closed = new Limit(Level.METHOD, "closed", new Rate(0, 0));
                for (int i = 0; i < 30; i++) {
                    assertThat(node.passes(claim, closed)).as(id).isFalse();
                }
                assertThat(node.passed(claim, 30, new Limit(Level.METHOD, id, new Rate(0.001, 30))))
                        .as(id)
                        .isEqualTo(20);
            }
        }
    }

    @Test
    void aVerdictTellsTheLimitOfAllAndHowTheClientStands() throws Exception {
        ClusterNode node = node(Sharing.EXACT, 2);
        Claim claim = new Claim(
                "plan",
                "key",
                new Quota(100, QuotaPeriod.DAY, 0),
                null,
                new Limit(Level.CLIENT, "plan", new Rate(0.5, 3)));
        Verdict first = node.limits.admit(claim, List.of()).join();
        assertThat(first.standing().tokens()).isEqualTo(2);
        assertThat(first.standing().quotaRemaining()).isEqualTo(99);
        assertThat(first.standing().quotaEnds())
                .isEqualTo(LocalDate.now(ZoneOffset.UTC)
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant());
        node.passed(claim, 2);
        Verdict refused = node.limits.admit(claim, List.of()).join();
        assertThat(refused.refusedBy()).isEqualTo(Level.CLIENT);
        assertThat(refused.rate()).isEqualTo(new Rate(0.5, 3));
        assertThat(refused.retryAfter()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));
        assertThat(refused.standing().quotaRemaining()).isEqualTo(97);
    }

    @Test
    void aLoweredLimitTakesEffectWithTheNextCallOfEveryNode() throws Exception {
        ClusterNode one = node(Sharing.EXACT, 2);
        ClusterNode other = node(Sharing.EXACT, 2);
        assertThat(one.passed(ClusterNode.quota("plan", 10), 6)).isEqualTo(6);
        assertThat(other.passed(ClusterNode.quota("plan", 7), 6)).isEqualTo(1);
    }

    // ---- usage

    @Test
    void usageAndGrantsAreThoseOfAllNodes() throws Exception {
        ClusterNode one = node(Sharing.EXACT, 2);
        ClusterNode other = node(Sharing.EXACT, 2);
        Claim claim = ClusterNode.quota("plan", 10);
        assertThat(one.passed(claim, 4)).isEqualTo(4);
        assertThat(other.passed(claim, 3)).isEqualTo(3);
        assertThat(usage(one, claim)).isEqualTo("7,3");
        assertThat(usage(other, claim)).isEqualTo("7,3");
        one.limits.grant("plan", "key", null, claim.quota(), 5);
        assertThat(usage(other, claim)).isEqualTo("7,5");
        assertThat(other.passed(claim, 10)).isEqualTo(5);
        other.limits.grant("plan", "key", null, claim.quota(), 0);
        assertThat(one.passed(claim, 10)).isZero();
        assertThat(usage(one, claim)).isEqualTo("12,0");
    }

    private static String usage(ClusterNode node, Claim claim) throws IOException {
        int today = (int) LocalDate.now(ZoneOffset.UTC).toEpochDay();
        long[] pair = node.limits
                .usage(claim.planId(), null, claim.quota(), Set.of("key"), today, today)
                .get("key")
                .get(0);
        return pair[0] + "," + pair[1];
    }

    @Test
    void aFlushedServerLearnsFromTheNodesWhatWasUsed() throws Exception {
        ClusterNode one = node(Sharing.EXACT, 2);
        ClusterNode other = node(Sharing.EXACT, 2);
        Claim claim = ClusterNode.quota("plan", 10);
        assertThat(one.passed(claim, 5)).isEqualTo(5);
        one.limits.grant("plan", "key", null, claim.quota(), 8);
        assertThat(other.passed(claim, 2)).isEqualTo(2);
        flush(one);
        assertThat(usage(other, claim)).isEqualTo("7,6");
        assertThat(other.passed(claim, 20)).isEqualTo(6);
        assertThat(one.passed(claim, 20)).isZero();
    }

    // ---- leased

    @Test
    void aLeasedPlanAsksSeldomAndGivesBackWhatItDoesNotNeed() throws Exception {
        ClusterNode one = node(Sharing.LEASED, 2);
        ClusterNode other = node(Sharing.EXACT, 2);
        Claim claim = new Claim(
                "plan",
                "key",
                new Quota(1000, QuotaPeriod.DAY, 0),
                null,
                new Limit(Level.CLIENT, "plan", new Rate(0.0001, 1000)));
        assertThat(one.passed(claim, 505)).isEqualTo(505);
        assertThat(one.limits.status().asked()).isLessThan(80);
        assertThat(one.limits.status().leased()).isGreaterThan(400);
        await(() -> {
            try {
                return usage(other, claim).equals("505,495");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(other.passed(claim, 1000)).isEqualTo(495);
    }

    @Test
    void aNodeThatLeavesGivesBackAtOnce() throws Exception {
        ClusterNode one = node(Sharing.LEASED, 2);
        Claim claim = ClusterNode.quota("plan", 1000);
        one.passed(claim, 1);
        one.close();
        assertThat(usage(node(Sharing.EXACT, 2), claim)).isEqualTo("1,999");
    }

    @Test
    void refusalsOfALeasedPlanDoNotAskAgainAndAgain() throws Exception {
        ClusterNode node = node(Sharing.LEASED, 1);
        assertThat(node.passed(ClusterNode.throttle("plan", 5), 2000)).isEqualTo(5);
        assertThat(node.limits.status().asked()).isLessThan(200);
        assertThat(node.limits.maximumOvershoot()).isEqualTo(10);
    }

    // ---- local

    @Test
    void eachNodeHasItsShare() throws Exception {
        ClusterNode node = node(Sharing.LOCAL, 4);
        assertThat(node.passed(ClusterNode.quota("a", 100), 200)).isEqualTo(25);
        assertThat(node.passed(ClusterNode.throttle("b", 100), 200)).isEqualTo(25);
        assertThat(node.passed(null, 200, ClusterNode.account(100))).isEqualTo(25);
        Verdict refused =
                node.limits.admit(ClusterNode.throttle("b", 100), List.of()).join();
        assertThat(refused.rate().burst()).isEqualTo(100);
        // less than one for each: one for each
        assertThat(node.passed(ClusterNode.throttle("c", 2), 200)).isEqualTo(1);
        assertThat(node.passed(ClusterNode.throttle("d", 0), 200)).isZero();
    }

    @Test
    void nodesThatAreNotDeclaredAreCounted() throws Exception {
        ClusterNode one = node(Sharing.LOCAL, 0);
        ClusterNode other = node(Sharing.LOCAL, 0);
        // beside the one that empties the server
        await(() -> one.limits.status().nodes() == 3 && other.limits.status().nodes() == 3);
        assertThat(one.passed(ClusterNode.quota("a", 99), 200)).isEqualTo(33);
        other.close();
        await(() -> one.limits.status().nodes() == 2);
    }

    @Test
    void aClusterWithoutAPlaceToCountIsOneOfDeclaredSharesOrNone() {
        assertThatThrownBy(() -> new ClusterLimits(
                        null, null, ClusterNode.settings(Sharing.EXACT, Fallback.ALLOW, 2, PATIENT), "node"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClusterLimits(
                        null, null, ClusterNode.settings(Sharing.LOCAL, Fallback.ALLOW, 0, PATIENT), "node"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
