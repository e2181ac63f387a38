package dev.gatehouse.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a bucket must do, wherever it is kept: as much as a plain one on a blackboard. */
public final class TokenBucketContract {

    /** A bucket under test, at a time that the test says. */
    public interface Subject {
        /** @return whether a token was there, and how many whole ones are left */
        Taken take(long nanos) throws Exception;
    }

    /** @param left whole tokens after that */
    public record Taken(boolean permitted, long left) {}

    /** Makes a full bucket, which nobody else has. */
    public interface Maker {
        Subject bucket(Rate rate);
    }

    private TokenBucketContract() {}

    /** The oracle follows what the bucket does, so that the two differ by no more than the tolerance. */
    public static void holds(Maker maker, int buckets, int calls, double tolerance, Random random) throws Exception {
        for (int i = 0; i < buckets; i++) {
            Rate rate = new Rate(0.01 * Math.pow(5e5, random.nextDouble()), 1 + random.nextInt(300));
            List<Double> gaps = gaps(calls, random);
            Subject subject = maker.bucket(rate);
            PlainBucket oracle = new PlainBucket(rate, 0);
            long now = 0;
            double dropped = 0;
            for (double gap : gaps) {
                now += (long) (gap / rate.perSecond() * 1e9);
                double there = oracle.tokens(now);
                dropped = there == rate.burst() ? rate.burst() : dropped + gap;
                double allowed = tolerance + Math.max(rate.burst(), dropped) * 6e-5;
                Taken taken = subject.take(now);
                if (taken.permitted()) {
                    assertThat(there).as("%s at %s", rate, now).isGreaterThanOrEqualTo(1 - allowed);
                    oracle.force();
                    assertThat((double) taken.left())
                            .as("%s at %s", rate, now)
                            .isCloseTo(oracle.tokens(now), within(1 + allowed));
                } else {
                    assertThat(there).as("%s at %s", rate, now).isLessThan(1 + allowed);
                }
            }
        }
    }

    /** Mostly at once, sometimes a token or two later, seldom after a long time; in the time that a token takes. */
    private static List<Double> gaps(int calls, Random random) {
        List<Double> gaps = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            int kind = random.nextInt(10);
            gaps.add(kind < 6 ? 0 : kind < 9 ? random.nextDouble() * 2 : random.nextDouble() * 50);
        }
        return gaps;
    }
}
