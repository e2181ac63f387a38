package dev.gatehouse.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.ratelimiter.event.RateLimiterEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

    private final VirtualClock clock = new VirtualClock("2026-11-22T10:00:00Z");
    private final Limits limits = limits(new MemoryJournal());

    private Limits limits(UsageJournal journal) {
        try {
            return new Limits(clock, clock, journal);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Claim quota(int limit, QuotaPeriod period) {
        return new Claim("plan", "key", new Quota(limit, period, 0), null, null);
    }

    private static Limit client(double rate, int burst) {
        return new Limit(Level.CLIENT, "client", new Rate(rate, burst));
    }

    private static Limit method(String name, double rate, int burst) {
        return new Limit(Level.CLIENT_METHOD, name, new Rate(rate, burst));
    }

    private static Limit stage(double rate, int burst) {
        return new Limit(Level.METHOD, "api/stage/GET", new Rate(rate, burst));
    }

    private int passed(Claim claim, int calls) {
        int passed = 0;
        for (int i = 0; i < calls; i++) {
            passed += limits.admit(claim, List.of()).permitted() ? 1 : 0;
        }
        return passed;
    }

    // ---- quotas

    @Test
    void aQuotaIsUsedUpAndBeginsAnewWithItsPeriod() {
        Claim claim = quota(3, QuotaPeriod.DAY);
        assertThat(passed(claim, 5)).isEqualTo(3);
        Verdict refused = limits.admit(claim, List.of());
        assertThat(refused.refusedBy()).isEqualTo(Level.QUOTA);
        assertThat(refused.standing().quotaRemaining()).isZero();
        assertThat(refused.standing().quotaEnds()).isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
        clock.passes(Duration.ofHours(14).minusNanos(1));
        assertThat(passed(claim, 1)).isZero();
        clock.passes(Duration.ofNanos(1));
        assertThat(passed(claim, 5)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "MONTH,0,2027-01-31T23:59:59Z,2027-02-01T00:00:00Z",
        "MONTH,0,2028-02-29T23:59:59Z,2028-03-01T00:00:00Z",
        "MONTH,0,2027-02-28T23:59:59Z,2027-03-01T00:00:00Z",
        "MONTH,0,2026-12-31T23:59:59Z,2027-01-01T00:00:00Z",
        "WEEK,0,2026-11-28T23:59:59Z,2026-11-29T00:00:00Z",
        "DAY,0,2028-02-28T23:59:59Z,2028-02-29T00:00:00Z",
        "WEEK,1,2026-11-29T23:59:59Z,2026-11-30T00:00:00Z",
        "MONTH,27,2027-02-27T23:59:59Z,2027-02-28T00:00:00Z",
        "MONTH,27,2027-03-27T23:59:59Z,2027-03-28T00:00:00Z",
        "MONTH,27,2027-01-27T23:59:59Z,2027-01-28T00:00:00Z",
        "MONTH,14,2028-02-14T23:59:59Z,2028-02-15T00:00:00Z",
    })
    void periodsEndWhereTheCalendarSaysAndNotBefore(QuotaPeriod period, int offset, String last, String first) {
        Claim claim = new Claim("plan", "key", new Quota(2, period, offset), null, null);
        clock.jumpsTo(last);
        assertThat(passed(claim, 5)).isEqualTo(2);
        clock.jumpsTo(first);
        assertThat(passed(claim, 5)).isEqualTo(2);
    }

    @Test
    void aClockThatIsPutBackGivesNothingBack() {
        Claim claim = quota(2, QuotaPeriod.DAY);
        assertThat(passed(claim, 5)).isEqualTo(2);
        clock.jumpsTo("2026-11-21T23:59:59Z");
        assertThat(passed(claim, 5)).isZero();
        clock.jumpsTo("2026-11-22T00:00:01Z");
        assertThat(passed(claim, 5)).isZero();
        clock.jumpsTo("2026-11-10T00:00:01Z");
        assertThat(passed(claim, 5)).isZero();
    }

    /** Seconds around it, in both directions, with some calls left. */
    @ParameterizedTest
    @CsvSource({
        "DAY,0,2026-11-23T00:00:00Z",
        "DAY,0,2028-02-29T00:00:00Z",
        "WEEK,0,2026-11-29T00:00:00Z",
        "WEEK,6,2026-11-28T00:00:00Z",
        "MONTH,0,2027-01-01T00:00:00Z",
        "MONTH,0,2028-03-01T00:00:00Z",
        "MONTH,27,2027-02-28T00:00:00Z",
        "MONTH,27,2028-02-28T00:00:00Z",
        "MONTH,27,2026-12-28T00:00:00Z",
    })
    void aClockThatGoesBackOverTheEdgeOfAPeriodGivesNothingBack(QuotaPeriod period, int offset, Instant edge) {
        Claim claim = new Claim("plan", "key", new Quota(3, period, offset), null, null);
        clock.jumpsTo(edge.minusSeconds(1).toString());
        assertThat(passed(claim, 5)).isEqualTo(3);
        clock.jumpsTo(edge.toString());
        assertThat(passed(claim, 2)).as("in the new period").isEqualTo(2);
        clock.jumpsTo(edge.minusSeconds(1).toString());
        assertThat(passed(claim, 5)).as("put back").isEqualTo(1);
        clock.jumpsTo(edge.plusSeconds(1).toString());
        assertThat(passed(claim, 5)).as("forward again").isZero();
        Quota.Window window = claim.quota().window((int) (edge.getEpochSecond() / 86400));
        clock.jumpsTo(LocalDate.ofEpochDay(window.end()) + "T00:00:00Z");
        assertThat(passed(claim, 5)).as("in the next period").isEqualTo(3);
    }

    @Test
    void aClockThatWasAYearAheadStopsNobodyForAYear() {
        Claim claim = quota(2, QuotaPeriod.DAY);
        clock.jumpsTo("2027-11-22T10:00:00Z");
        assertThat(passed(claim, 5)).isEqualTo(2);
        clock.jumpsTo("2026-11-22T10:00:00Z");
        assertThat(passed(claim, 5)).isZero();
        clock.jumpsTo("2026-11-23T10:00:00Z");
        assertThat(passed(claim, 5)).isEqualTo(2);
    }

    @Test
    void anotherLimitOfThePlanCountsInTheCurrentPeriod() {
        assertThat(passed(quota(5, QuotaPeriod.WEEK), 4)).isEqualTo(4);
        assertThat(passed(quota(3, QuotaPeriod.WEEK), 4)).isZero();
        assertThat(passed(quota(6, QuotaPeriod.WEEK), 4)).isEqualTo(2);
    }

    @Test
    void grantedCallsCountInThisPeriodOnly() {
        Claim claim = quota(2, QuotaPeriod.DAY);
        assertThat(passed(claim, 5)).isEqualTo(2);
        limits.grant("plan", "key", claim.quota(), 3);
        assertThat(passed(claim, 5)).isEqualTo(3);
        limits.grant("plan", "key", claim.quota(), 0);
        assertThat(passed(claim, 5)).isZero();
        clock.passes(Duration.ofDays(1));
        assertThat(passed(claim, 5)).isEqualTo(2);
    }

    @Test
    void aQuotaOfZeroRefusesEverything() {
        assertThat(passed(quota(0, QuotaPeriod.DAY), 3)).isZero();
    }

    // ---- rates

    @Test
    void quotasAreReportedBeforeRates() {
        Claim claim = new Claim("plan", "key", new Quota(1, QuotaPeriod.DAY, 0), null, client(0.001, 1));
        assertThat(limits.admit(claim, List.of()).permitted()).isTrue();
        assertThat(limits.admit(claim, List.of()).refusedBy()).isEqualTo(Level.QUOTA);
    }

    @Test
    void theNarrowestLimitRefusesInTheOrderOfTheLevels() {
        Limit account = new Limit(Level.ACCOUNT, "account", new Rate(0, 0));
        Claim both = new Claim("plan", "key", null, method("m", 0.001, 1), client(0.001, 1));
        assertThat(limits.admit(both, List.of()).permitted()).isTrue();
        assertThat(limits.admit(both, List.of(stage(0, 0), account)).refusedBy())
                .isEqualTo(Level.CLIENT_METHOD);
        Claim client = new Claim("plan", "key", null, null, client(0.001, 1));
        assertThat(limits.admit(client, List.of(stage(0, 0), account)).refusedBy())
                .isEqualTo(Level.CLIENT);
        assertThat(limits.admit(null, List.of(stage(0, 0), account)).refusedBy())
                .isEqualTo(Level.METHOD);
        assertThat(limits.admit(null, List.of(stage(1, 1), account)).refusedBy())
                .isEqualTo(Level.ACCOUNT);
    }

    @Test
    void aRefusedCallCostsNothingOnAnyLevel() {
        Quota quota = new Quota(10, QuotaPeriod.DAY, 0);
        Claim claim = new Claim("plan", "key", quota, method("m", 0.001, 5), client(0.001, 9));
        Limit closed = new Limit(Level.ACCOUNT, "account", new Rate(0, 0));
        for (int i = 0; i < 20; i++) {
            assertThat(limits.admit(claim, List.of(stage(0.001, 4), closed)).permitted())
                    .isFalse();
        }
        Verdict verdict = limits.admit(claim, List.of(stage(0.001, 4)));
        assertThat(verdict.permitted()).isTrue();
        assertThat(verdict.standing().quotaRemaining()).isEqualTo(9);
        assertThat(verdict.standing().tokens()).isEqualTo(4);
        assertThat(limits.buckets().shared(stage(0.001, 4)).look().remaining()).isEqualTo(3);
    }

    @Test
    void aCallThatTheQuotaRefusesTakesNoToken() {
        Quota quota = new Quota(1, QuotaPeriod.DAY, 0);
        Claim claim = new Claim("plan", "key", quota, method("m", 0.001, 5), client(0.001, 9));
        assertThat(limits.admit(claim, List.of(stage(0.001, 4))).permitted()).isTrue();
        for (int i = 0; i < 20; i++) {
            assertThat(limits.admit(claim, List.of(stage(0.001, 4))).refusedBy())
                    .isEqualTo(Level.QUOTA);
        }
        limits.grant("plan", "key", quota, 1);
        assertThat(limits.admit(claim, List.of(stage(0.001, 4))).standing().tokens())
                .isEqualTo(3);
        assertThat(limits.buckets().shared(stage(0.001, 4)).look().remaining()).isEqualTo(2);
    }

    @Test
    void aPlanHasOneBucketForAllMethodsOfAClientAndOneForEachLimitedMethod() {
        Limit client = client(0.001, 3);
        Claim a = new Claim("plan", "key", null, method("a", 0.001, 2), client);
        Claim b = new Claim("plan", "key", null, method("b", 0.001, 2), client);
        assertThat(passed(a, 3)).isEqualTo(2);
        assertThat(passed(b, 3)).isEqualTo(1);
        Claim other = new Claim("plan", "other key", null, method("a", 0.001, 2), client);
        assertThat(passed(other, 3)).isEqualTo(2);
    }

    @Test
    void aLoweredRateTakesEffectWithTheNextCall() {
        Claim before = new Claim("plan", "key", null, null, client(0.001, 10));
        assertThat(passed(before, 6)).isEqualTo(6);
        Claim lowered = new Claim("plan", "key", null, null, client(0.001, 7));
        assertThat(passed(lowered, 6)).isEqualTo(1);
    }

    @Test
    void anIdleKeyIsReleasedAndAnExhaustedOneIsNotReset() {
        Claim claim = new Claim("plan", "key", new Quota(5, QuotaPeriod.DAY, 0), null, client(1, 2));
        assertThat(passed(claim, 3)).isEqualTo(2);
        limits.flush();
        limits.sweep();
        assertThat(passed(claim, 3)).isZero();
        clock.passes(Duration.ofSeconds(2));
        limits.sweep();
        assertThat(passed(claim, 3)).isEqualTo(2);
        clock.passes(Duration.ofSeconds(2));
        assertThat(passed(claim, 3)).isEqualTo(1);

        clock.passes(Duration.ofDays(3));
        limits.flush();
        limits.sweep();
        assertThat(limits.size()).isZero();
        assertThat(passed(claim, 3)).isEqualTo(2);
    }

    @Test
    void refusalsAreEventsThatNameTheLimitAndNeverTheKeysValue() {
        List<String> names = new ArrayList<>();
        limits.events().onEvent((RateLimiterEvent event) -> names.add(event.getRateLimiterName()));
        limits.admit(new Claim("p", "k", new Quota(0, QuotaPeriod.DAY, 0), null, null), List.of());
        limits.admit(new Claim("p", "k", null, method("a/s//GET", 0, 0), null), List.of());
        limits.admit(new Claim("p", "k", null, null, client(0, 0)), List.of());
        limits.admit(null, List.of(stage(0, 0)));
        assertThat(names)
                .containsExactly(
                        "usage-plan/p/key/k/quota",
                        "usage-plan/p/key/k/a/s//GET",
                        "usage-plan/p/key/k",
                        "api/stage/GET");
    }

    /** Their buckets are no limiters of Resilience4j any more; their refusals are told as those of all others. */
    @Test
    void refusalsAreEventsInACrowdToo() {
        List<String> names = new ArrayList<>();
        limits.events().onEvent((RateLimiterEvent event) -> names.add(event.getRateLimiterName()));
        for (int i = 0; i <= 10_000; i++) {
            limits.admit(new Claim("p", "k" + i, null, null, client(1, 1)), List.of());
        }
        assertThat(names).isEmpty();
        assertThat(limits.buckets().own(new Rate(1, 1))).isInstanceOf(LeanBucket.class);

        Claim late = new Claim("p", "late", null, method("a/s//GET", 0.001, 2), client(0.001, 1));
        assertThat(passed(late, 3)).isEqualTo(1);
        assertThat(passed(new Claim("p", "k7", null, null, client(1, 1)), 1)).isZero();
        assertThat(names).containsExactly("usage-plan/p/key/late", "usage-plan/p/key/late", "usage-plan/p/key/k7");
    }

    // ---- many at once

    @Test
    void ofTenThousandCallsThatRaceForTheLastOnesExactlyThatManyPass() throws Exception {
        int last = 137;
        Claim quota = new Claim("plan", "key", new Quota(last, QuotaPeriod.DAY, 0), null, client(1e6, 1_000_000));
        Claim rate = new Claim("plan", "other", null, null, client(0.001, last));
        Limit account = new Limit(Level.ACCOUNT, "account", new Rate(0.001, last));
        assertThat(List.of(
                        race(quota, List.of(stage(1e6, 1_000_000))),
                        race(rate, List.of()),
                        race(null, List.of(account))))
                .containsExactly(last, last, last);
    }

    /** Of these each has a bucket that only the lock of its meter guards. */
    @Test
    void inACrowdExactlyThatManyPassToo() throws Exception {
        for (int i = 0; i <= 10_000; i++) {
            limits.admit(new Claim("plan", "key" + i, null, null, null), List.of());
        }
        Claim rate = new Claim("plan", "late", null, method("m", 0.001, 150), client(0.001, 137));
        assertThat(race(rate, List.of())).isEqualTo(137);
        assertThat(race(new Claim("plan", "late", null, method("m", 0.001, 150), null), List.of()))
                .isEqualTo(13);
    }

    /** What was taken of the one may not get lost on the way to the other. */
    @Test
    void whileALimitIsChangedNoMorePassThanItSays() throws Exception {
        Limit slow = new Limit(Level.ACCOUNT, "account", new Rate(0.001, 137));
        Limit slower = new Limit(Level.ACCOUNT, "account", new Rate(0.0005, 137));
        AtomicInteger turn = new AtomicInteger();
        int passed = race(() -> limits.admit(null, List.of(turn.incrementAndGet() % 7 == 0 ? slower : slow)));
        assertThat(passed).isEqualTo(137);
    }

    private int race(Claim claim, List<Limit> shared) throws Exception {
        return race(() -> limits.admit(claim, shared));
    }

    private int race(Supplier<Verdict> call) throws Exception {
        int threads = 50;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(threads);
            List<Callable<Integer>> racers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                racers.add(() -> {
                    start.countDown();
                    start.await();
                    int passed = 0;
                    for (int number = 0; number < 200; number++) {
                        passed += call.get().permitted() ? 1 : 0;
                        if (number % 50 == 0) {
                            limits.sweep();
                            limits.flush();
                        }
                    }
                    return passed;
                });
            }
            int passed = 0;
            for (Future<Integer> one : pool.invokeAll(racers)) {
                passed += one.get();
            }
            return passed;
        } finally {
            pool.shutdownNow();
        }
    }

    // ---- what is told

    @Test
    void usageTellsEachDayAndTheCallsOfThisMoment() throws IOException {
        Claim claim = quota(10, QuotaPeriod.WEEK);
        passed(claim, 3);
        limits.flush();
        clock.passes(Duration.ofDays(2));
        passed(claim, 4);
        assertThat(usage(claim.quota(), "2026-11-21", "2026-11-25"))
                .containsExactly("0,10", "3,7", "0,7", "4,3", "0,3");
        clock.passes(Duration.ofDays(5));
        assertThat(usage(claim.quota(), "2026-11-22", "2026-11-29"))
                .containsExactly("3,7", "0,7", "4,3", "0,3", "0,3", "0,3", "0,3", "0,10");
    }

    @Test
    void aPlanWithoutQuotaCountsAllTheSame() throws IOException {
        passed(new Claim("plan", "key", null, null, null), 4);
        assertThat(usage(null, "2026-11-22", "2026-11-22")).containsExactly("4," + Long.MAX_VALUE);
    }

    private List<String> usage(Quota quota, String from, String to) throws IOException {
        return limits
                .usage("plan", quota, Set.of("key"), (int) LocalDate.parse(from).toEpochDay(), (int)
                        LocalDate.parse(to).toEpochDay())
                .get("key")
                .stream()
                .map(pair -> pair[0] + "," + pair[1])
                .toList();
    }
}
