package dev.gatehouse.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.limit.Admission;
import dev.gatehouse.engine.limit.Claim;
import dev.gatehouse.engine.limit.Level;
import dev.gatehouse.engine.limit.Limit;
import dev.gatehouse.engine.limit.LimitsFixture;
import dev.gatehouse.engine.limit.Quota;
import dev.gatehouse.engine.limit.QuotaPeriod;
import dev.gatehouse.engine.limit.Rate;
import dev.gatehouse.engine.limit.SharedCounters.Draw;
import dev.gatehouse.engine.limit.SharedCounters.Drawn;
import dev.gatehouse.engine.limit.SharedCounters.Kept;
import dev.gatehouse.engine.limit.SharedCounters.Order;
import dev.gatehouse.engine.limit.SharedCounters.Receipt;
import dev.gatehouse.engine.limit.SharedUsage;
import dev.gatehouse.engine.limit.TokenBucketContract;
import dev.gatehouse.engine.limit.TokenBucketContract.Taken;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts, in a server, at a time that the test says. */
class RedisCountersTest {

    private static RedisServer server;
    private static RedisLine line;
    private static RedisCounters counters;
    private static long micros;

    @BeforeAll
    static void start() throws Exception {
        RedisServer.assumeInstalled();
        server = RedisServer.start();
        line = Redis.open(server.settings(Duration.ofSeconds(10)));
        counters = new RedisCounters(line, () -> Long.toString(micros));
        RedisLines.awaitConnected(line);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            counters.close();
            server.close();
        }
    }

    @BeforeEach
    void empty() throws Exception {
        at("2026-11-22T10:00:00Z");
        line.ask(redis -> redis.flushall()).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void at(String instant) {
        micros = Instant.parse(instant).toEpochMilli() * 1000;
    }

    private static Receipt count(Order order) throws Exception {
        return counters.count(order).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static Receipt count(Claim claim) throws Exception {
        return count(new Order(claim, SharedUsage.NONE, 0, 0, List.of(), 1));
    }

    private static Receipt draw(Limit... limits) throws Exception {
        return count(new Order(
                null,
                null,
                0,
                0,
                List.of(limits).stream()
                        .map(limit -> new Draw(limit.name(), limit, 0))
                        .toList(),
                1));
    }

    private static Limit bucket(String name, double rate, int burst) {
        return new Limit(Level.METHOD, name, new Rate(rate, burst));
    }

    private static Claim quota(int limit, QuotaPeriod period, int offset) {
        return new Claim("plan", "key", new Quota(limit, period, offset), null, null);
    }

    private static int passed(Claim claim, int calls) throws Exception {
        int passed = 0;
        for (int i = 0; i < calls; i++) {
            passed += count(claim).refusedBy() == null ? 1 : 0;
        }
        return passed;
    }

    // ---- buckets

    @Test
    void aBucketInRedisIsAPlainTokenBucket() throws Exception {
        int[] made = {0};
        long start = micros;
        TokenBucketContract.holds(
                rate -> {
                    Limit limit = new Limit(Level.METHOD, "contract" + made[0]++, rate);
                    return nanos -> {
                        micros = start + nanos / 1000;
                        Receipt receipt = draw(limit);
                        return new Taken(
                                receipt.refusedBy() == null,
                                receipt.drawn().get(0).left());
                    };
                },
                20,
                100,
                // the time that is rounded to microseconds
                0.02,
                new Random(20261122));
    }

    @ParameterizedTest
    @CsvSource({"0,5", "5,0", "0,0", "1e308,0", "0,2147483647"})
    void nothingPassesWhereRateOrBurstIsZero(double rate, int burst) throws Exception {
        Receipt receipt = draw(bucket("closed", rate, burst));
        assertThat(receipt.refusedBy()).isEqualTo(Level.METHOD);
        assertThat(receipt.retryAfter()).isEqualTo(Admission.NEVER);
    }

    @ParameterizedTest
    @CsvSource({"1e308,3", "4.9e-324,3", "1e-12,3", "1e9,3", "1e-9,200"})
    void extremeRatesKeepTheirBurst(double rate, int burst) throws Exception {
        for (int i = 0; i < burst; i++) {
            assertThat(draw(bucket("extreme", rate, burst)).refusedBy()).isNull();
        }
        assertThat(draw(bucket("extreme", rate, burst)).refusedBy()).isEqualTo(Level.METHOD);
    }

    @Test
    void itTellsHowLongToWaitAndIsRightAboutIt() throws Exception {
        Limit limit = bucket("wait", 2, 1);
        draw(limit);
        Receipt refused = draw(limit);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(500));
        micros += 499_999;
        assertThat(draw(limit).refusedBy()).isNotNull();
        micros += 1;
        assertThat(draw(limit).refusedBy()).isNull();
    }

    @Test
    void aRefusedCallCostsNothingOnAnyLevel() throws Exception {
        Claim claim = quota(10, QuotaPeriod.DAY, 0);
        Draw open = new Draw("open", bucket("open", 0.001, 4), 0);
        Draw closed = new Draw("closed", bucket("closed", 0, 0), 0);
        for (int i = 0; i < 20; i++) {
            assertThat(count(new Order(claim, SharedUsage.NONE, 0, 0, List.of(open, closed), 1))
                            .refusedBy())
                    .isEqualTo(Level.METHOD);
        }
        Receipt receipt = count(new Order(claim, SharedUsage.NONE, 0, 0, List.of(open), 1));
        assertThat(receipt.usage().used()).isEqualTo(1);
        assertThat(receipt.drawn().get(0).left()).isEqualTo(3);
    }

    @Test
    void aChangedRateKeepsWhatHasBeenTaken() throws Exception {
        for (int i = 0; i < 7; i++) {
            draw(bucket("m", 0.001, 10));
        }
        assertThat(draw(bucket("m", 0.001, 8)).drawn().get(0).left()).isZero();
        assertThat(draw(bucket("m", 0.001, 8)).refusedBy()).isNotNull();
        assertThat(draw(bucket("m", 0.5, 10)).drawn().get(0).left()).isEqualTo(1);
    }

    @Test
    void aServersClockThatIsPutBackGivesNothingBackAndStopsNobody() throws Exception {
        Limit limit = bucket("clock", 1, 2);
        draw(limit);
        draw(limit);
        micros -= TimeUnit.DAYS.toMicros(300);
        assertThat(draw(limit).refusedBy()).isNotNull();
        micros += 1_000_000;
        assertThat(draw(limit).refusedBy()).isNull();
    }

    @Test
    void bucketsThatAreFullAgainAreNotKept() throws Exception {
        draw(bucket("short", 1000, 10));
        long ttl = line.ask(redis -> redis.pttl("gatehouse:bucket/short"))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(ttl).isBetween(1L, 1100L);
    }

    // ---- quotas

    @Test
    void aQuotaIsUsedUpAndBeginsAnewWithItsPeriod() throws Exception {
        Claim claim = quota(3, QuotaPeriod.DAY, 0);
        assertThat(passed(claim, 5)).isEqualTo(3);
        at("2026-11-22T23:59:59Z");
        Receipt refused = count(claim);
        assertThat(refused.refusedBy()).isEqualTo(Level.QUOTA);
        assertThat(refused.usage().periodEnd())
                .isEqualTo((int) LocalDate.parse("2026-11-23").toEpochDay());
        at("2026-11-23T00:00:00Z");
        assertThat(passed(claim, 5)).isEqualTo(3);
    }

    @Test
    void theServersCalendarIsThatOfTheLocalQuotas() throws Exception {
        Random random = new Random(20261122);
        for (int i = 0; i < 600; i++) {
            QuotaPeriod period = QuotaPeriod.values()[random.nextInt(3)];
            Quota quota = new Quota(5, period, random.nextInt(period.lastOffset() + 1));
            int day = random.nextInt(60_000);
            micros = TimeUnit.DAYS.toMicros(day) + random.nextInt(86_400) * 1_000_000L;
            SharedUsage usage =
                    count(new Claim("plan", "key" + i, quota, null, null)).usage();
            assertThat(List.of(usage.periodBegin(), usage.periodEnd(), usage.day()))
                    .as("%s on %s", quota, LocalDate.ofEpochDay(day))
                    .isEqualTo(LimitsFixture.window(quota, day));
        }
    }

    @Test
    void aClockThatIsPutBackGivesNothingBack() throws Exception {
        Claim claim = quota(2, QuotaPeriod.DAY, 0);
        assertThat(passed(claim, 5)).isEqualTo(2);
        at("2026-11-21T23:59:59Z");
        assertThat(passed(claim, 5)).isZero();
        at("2026-11-10T00:00:01Z");
        assertThat(passed(claim, 5)).isZero();
    }

    @Test
    void grantedCallsCountInThisPeriodOnly() throws Exception {
        Claim claim = quota(2, QuotaPeriod.DAY, 0);
        assertThat(passed(claim, 5)).isEqualTo(2);
        SharedUsage granted = counters.grant(claim, SharedUsage.NONE, 0, 3)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(granted.extra()).isEqualTo(3);
        assertThat(passed(claim, 5)).isEqualTo(3);
        at("2026-11-23T10:00:00Z");
        assertThat(passed(claim, 5)).isEqualTo(2);
    }

    @Test
    void whatTheServerHasLostANodeTellsItAgain() throws Exception {
        Claim claim = quota(10, QuotaPeriod.MONTH, 0);
        SharedUsage known = null;
        for (int i = 0; i < 6; i++) {
            known = count(claim).usage();
        }
        line.ask(redis -> redis.flushall()).toCompletableFuture().get(10, TimeUnit.SECONDS);
        SharedUsage after = count(new Order(claim, known, 0, 0, List.of(), 1)).usage();
        assertThat(after.used()).isEqualTo(7);
        assertThat(after.usedOnDay()).isEqualTo(7);
        assertThat(passed(claim, 10)).isEqualTo(3);
    }

    @Test
    void whatANodeRemembersOfAnOlderGrantOrPeriodDoesNotCount() throws Exception {
        Claim claim = quota(2, QuotaPeriod.DAY, 0);
        SharedUsage before = count(claim).usage();
        counters.grant(claim, before, 0, 0).toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(count(new Order(claim, before, 0, 0, List.of(), 1)).refusedBy())
                .isEqualTo(Level.QUOTA);
        at("2026-11-23T10:00:00Z");
        assertThat(count(new Order(claim, before, 0, 0, List.of(), 1)).usage().used())
                .isEqualTo(1);
    }

    @Test
    void callsThatNobodyCountedAreAdded() throws Exception {
        Claim claim = quota(10, QuotaPeriod.DAY, 0);
        SharedUsage known = count(claim).usage();
        passed(claim, 3);
        SharedUsage after = count(new Order(claim, known, 4, 0, List.of(), 1)).usage();
        assertThat(after.used()).isEqualTo(9);
        assertThat(after.usedOnDay()).isEqualTo(9);
    }

    @Test
    void usageIsKeptByDay() throws Exception {
        Claim claim = quota(10, QuotaPeriod.WEEK, 0);
        passed(claim, 3);
        at("2026-11-24T10:00:00Z");
        passed(claim, 4);
        Map<String, Kept> kept = counters.usage("plan", List.of("key", "nobody"))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(kept).containsOnlyKeys("key");
        Map<Integer, long[]> days = kept.get("key").days();
        assertThat(days.get((int) LocalDate.parse("2026-11-22").toEpochDay())).containsExactly(3, 7);
        assertThat(days.get((int) LocalDate.parse("2026-11-24").toEpochDay())).containsExactly(4, 3);
        at("2027-02-23T10:00:00Z");
        passed(claim, 1);
        assertThat(counters.usage("plan", List.of("key"))
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)
                        .get("key")
                        .days())
                .hasSize(1);
    }

    // ---- in advance

    @Test
    void theNearerTheEndTheLessGoesInAdvance() throws Exception {
        Claim claim = quota(100, QuotaPeriod.DAY, 0);
        int left = 100;
        while (left > 0) {
            Receipt receipt = count(new Order(claim, SharedUsage.NONE, 0, 40, List.of(), 3));
            assertThat(receipt.refusedBy()).isNull();
            assertThat(receipt.quotaSpare()).isEqualTo(Math.min(40, (left - 1) / 6));
            left -= 1 + receipt.quotaSpare();
            assertThat(receipt.usage().used()).isEqualTo(100 - left);
        }
        assertThat(count(claim).refusedBy()).isEqualTo(Level.QUOTA);
    }

    @Test
    void whatIsGivenBackIsThereForOthers() throws Exception {
        Claim claim = quota(100, QuotaPeriod.DAY, 0);
        Limit limit = bucket("lease", 0.001, 100);
        Receipt receipt = count(new Order(claim, SharedUsage.NONE, 0, 20, List.of(new Draw("lease", limit, 30)), 1));
        assertThat(receipt.quotaSpare()).isEqualTo(20);
        assertThat(receipt.drawn().get(0)).isEqualTo(new Drawn(69, 30));
        counters.giveBack("lease", limit.rate(), 30).toCompletableFuture().get(10, TimeUnit.SECONDS);
        counters.giveBack("plan", "key", receipt.usage(), 20)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(draw(limit).drawn().get(0).left()).isEqualTo(98);
        assertThat(count(claim).usage()).satisfies(usage -> {
            assertThat(usage.used()).isEqualTo(2);
            assertThat(usage.usedOnDay()).isEqualTo(2);
        });
    }

    // ---- the line

    @Test
    void anOrderThatNobodyWaitsForIsNotCounted() throws Exception {
        // machines that build are busy: of the calls that are not late none may be
        try (RedisLine quick = Redis.open(server.settings(Duration.ofMillis(400)))) {
            RedisLines.awaitConnected(quick);
            RedisCounters own = new RedisCounters(quick);
            Limit limit = bucket("late", 0.001, 100);
            Order order = new Order(null, null, 0, 0, List.of(new Draw("late", limit, 0)), 1);
            // twice: from the first answer on the server's time is known, and the first script takes its time
            own.count(order).toCompletableFuture().get(10, TimeUnit.SECONDS);
            own.count(order).toCompletableFuture().get(10, TimeUnit.SECONDS);
            server.pause();
            CompletableFuture<Receipt> late = own.count(order).toCompletableFuture();
            assertThatThrownBy(() -> late.get(1200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            server.resume();
            assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS)).hasMessageContaining("too late");
            assertThat(own.count(order)
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS)
                            .drawn()
                            .get(0)
                            .left())
                    .isEqualTo(97);
        } finally {
            server.resume();
        }
    }

    @Test
    void nodesThatLiveAreCounted() throws Exception {
        assertThat(counters.beat("a").toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isEqualTo(1);
        assertThat(counters.beat("b").toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isEqualTo(2);
        assertThat(counters.beat("a").toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isEqualTo(2);
        counters.leave("b");
        assertThat(counters.beat("a").toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isEqualTo(1);
    }
}
