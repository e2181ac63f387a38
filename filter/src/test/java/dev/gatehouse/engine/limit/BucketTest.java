package dev.gatehouse.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketTest {

    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong(12345);
    private boolean crowded;
    private final Buckets buckets = new Buckets(now::get, () -> crowded);

    /** That of one client on Resilience4j, that of one among very many, and that of all together on Resilience4j. */
    enum Kind {
        OWN,
        CROWDED,
        SHARED
    }

    private int made;

    private Bucket bucket(Kind kind, double rate, int burst) {
        Rate limit = new Rate(rate, burst);
        crowded = kind == Kind.CROWDED;
        return kind != Kind.SHARED
                ? buckets.own(limit)
                : buckets.shared(new Limit(Level.METHOD, "test" + made++, limit));
    }

    /** The oracle follows what the bucket does, so that the two differ by no more than roundings and the exactness of the rate. */
    @Property(tries = 500)
    void itAgreesWithAPlainTokenBucketToAGrain(
            @ForAll Kind kind,
            @ForAll @DoubleRange(min = 0.01, max = 5000) double rate,
            @ForAll @IntRange(min = 1, max = 300) int burst,
            @ForAll("gaps") List<Double> gapsInTokens) {
        Bucket bucket = bucket(kind, rate, burst);
        PlainBucket oracle = new PlainBucket(new Rate(rate, burst), now.get());
        double grain = 1 / Math.min(1000.0, Math.max(1, Math.floor(100_000 / rate)));
        double dropped = 0;
        for (double gap : gapsInTokens) {
            now.addAndGet((long) (gap / rate * SECOND));
            double there = oracle.tokens(now.get());
            // a grain, and what 0.005 percent of the rate make of all tokens that dropped since both were full
            dropped = there == burst ? burst : dropped + gap;
            double tolerance = grain + 0.002 + Math.max(burst, dropped) * 6e-5;
            boolean permitted = bucket.take().permitted();
            if (permitted) {
                assertThat(there).isGreaterThanOrEqualTo(1 - tolerance);
                oracle.force();
            } else {
                assertThat(there).isLessThan(1 + tolerance);
            }
            assertThat(burst - bucket.taken()).isCloseTo(oracle.tokens(now.get()), within(tolerance));
        }
    }

    @Provide
    Arbitrary<List<Double>> gaps() {
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(6, Arbitraries.just(0.0)),
                        net.jqwik.api.Tuple.of(3, Arbitraries.doubles().between(0, 2)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.doubles().between(0, 50)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(400);
    }

    @ParameterizedTest
    @CsvSource({"10,20", "1000,50", "0.5,1", "3,7", "5,100", "1,1", "0.1,3"})
    void itAdmitsTheSameNumberAsAPlainOneOverALongTime(double rate, int burst) {
        Bucket own = bucket(Kind.OWN, rate, burst);
        Bucket shared = bucket(Kind.SHARED, rate, burst);
        PlainBucket oracle = new PlainBucket(new Rate(rate, burst), now.get());
        int ownAdmitted = 0;
        int sharedAdmitted = 0;
        int expected = 0;
        for (int i = 0; i < 50_000; i++) {
            now.addAndGet((long) (SECOND / rate * 0.37));
            ownAdmitted += own.take().permitted() ? 1 : 0;
            sharedAdmitted += shared.take().permitted() ? 1 : 0;
            expected += oracle.take(now.get()) ? 1 : 0;
        }
        assertThat(sharedAdmitted).isCloseTo(expected, within(2 + expected / 10_000));
        assertThat(ownAdmitted).isCloseTo(expected, within(2 + expected / 10_000));
    }

    @ParameterizedTest
    @EnumSource
    void itTellsWhatIsLeftAndHowLongToWait(Kind kind) {
        Bucket bucket = bucket(kind, 2, 3);
        assertThat(bucket.take()).isEqualTo(Admission.permitted(2));
        assertThat(bucket.take()).isEqualTo(Admission.permitted(1));
        assertThat(bucket.look()).isEqualTo(Admission.permitted(1));
        assertThat(bucket.take()).isEqualTo(Admission.permitted(0));

        Admission refused = bucket.take();
        assertThat(refused.permitted()).isFalse();
        assertThat(refused.remaining()).isZero();
        assertThat(refused.retryAfter()).isBetween(Duration.ofMillis(499), Duration.ofMillis(500));
        now.addAndGet(refused.retryAfter().toNanos());
        assertThat(bucket.take().permitted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void refusedCallsConsumeNothing(Kind kind) {
        Bucket bucket = bucket(kind, 1, 1);
        bucket.take();
        for (int i = 0; i < 1000; i++) {
            assertThat(bucket.take().permitted()).isFalse();
        }
        now.addAndGet(SECOND);
        assertThat(bucket.take().permitted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0,5", "5,0", "0,0", "1e308,0", "0,2147483647"})
    void nothingPassesWhereRateOrBurstIsZero(double rate, int burst) {
        for (Kind kind : Kind.values()) {
            Bucket bucket = bucket(kind, rate, burst);
            now.addAndGet(Long.MAX_VALUE / 4);
            assertThat(bucket.take()).isEqualTo(new Admission(false, 0, Admission.NEVER));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -0.0001, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void ratesThatAreNoRatesNeverComeToMeanUnlimited(double rate) {
        assertThatThrownBy(() -> new Rate(rate, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void negativeBurstsAreRefused() {
        assertThatThrownBy(() -> new Rate(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Numbers at which arithmetic breaks: the burst holds, and what is beyond it is refused. */
    @ParameterizedTest
    @CsvSource({"1e308,3", "4.9e-324,3", "1e-12,3", "1e9,3", "3.3e8,3", "1e-9,100000"})
    void extremeRatesKeepTheirBurst(double rate, int burst) {
        for (Kind kind : Kind.values()) {
            Bucket bucket = bucket(kind, rate, burst);
            for (int i = 0; i < burst; i++) {
                assertThat(bucket.take().permitted()).as("call %s", i).isTrue();
            }
            assertThat(bucket.take().permitted()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e308, 10_000, 1, 1e-300})
    void theLargestBurstIsCountedDown(double rate) {
        for (Kind kind : Kind.values()) {
            Bucket bucket = bucket(kind, rate, Integer.MAX_VALUE);
            assertThat(bucket.take().remaining()).isEqualTo(Integer.MAX_VALUE - 1);
            bucket.charge(Integer.MAX_VALUE);
            assertThat(bucket.take().permitted()).isFalse();
        }
    }

    @Test
    void aChangedRateKeepsWhatHasBeenTaken() {
        Limit before = new Limit(Level.METHOD, "m", new Rate(0.001, 10));
        for (int i = 0; i < 7; i++) {
            assertThat(buckets.shared(before).take().permitted()).isTrue();
        }
        Limit lowered = new Limit(Level.METHOD, "m", new Rate(0.001, 8));
        assertThat(buckets.shared(lowered).take()).isEqualTo(Admission.permitted(0));
        assertThat(buckets.shared(lowered).take().permitted()).isFalse();

        Limit raised = new Limit(Level.METHOD, "m", new Rate(0.5, 10));
        assertThat(buckets.shared(raised).take().remaining()).isEqualTo(1);
    }

    @Test
    void aFullBucketThatNobodyAsksIsLetGoAndAnExhaustedOneIsNot() {
        Limit full = new Limit(Level.METHOD, "full", new Rate(1, 2));
        Limit exhausted = new Limit(Level.METHOD, "exhausted", new Rate(0.001, 1));
        Bucket held = buckets.shared(full);
        held.look();
        buckets.shared(exhausted).take();
        buckets.sweep();
        assertThat(buckets.registry().find("full")).isEmpty();
        assertThat(buckets.registry().find("exhausted")).isPresent();
        assertThat(buckets.shared(exhausted).take().permitted()).isFalse();

        // who still holds the one that is gone takes from its successor
        assertThat(held.take().permitted()).isTrue();
        assertThat(buckets.shared(full).take().permitted()).isTrue();
        assertThat(held.take().permitted()).isFalse();
    }

    @Test
    void limitersOfSharedBucketsShowInTheRegistry() {
        buckets.shared(new Limit(Level.ACCOUNT, "account", new Rate(10, 20))).take();
        assertThat(buckets.registry().find("account")).isPresent();
        assertThat(buckets.registry().getAllRateLimiters()).hasSize(1);
    }
}
