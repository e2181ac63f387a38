package dev.gatehouse.engine.limit;

import dev.gatehouse.engine.limit.SharedCounters.Kept;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What keys have used on all nodes, for those who ask about it and may wait. Thread-safe. */
final class ClusterUsage {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Limits limits;
    private final SharedCounters counters;

    ClusterUsage(Limits limits, SharedCounters counters) {
        this.limits = limits;
        this.counters = counters;
    }

    /** As {@link Limits#usage}. */
    Map<String, List<long[]>> usage(String planId, Quota quota, Set<String> keyIds, int from, int to)
            throws IOException {
        int today = limits.today();
        List<UsageRecord> elsewhere = new ArrayList<>();
        answer(counters.usage(planId, keyIds))
                .forEach((keyId, kept) -> kept.days()
                        .forEach((day, pair) -> elsewhere.add(record(planId, keyId, quota, kept, day, pair, today))));
        return limits.usage(planId, quota, keyIds, from, to, elsewhere);
    }

    /** What was left on a day stays as it was then; today it follows from the plan as it is now. */
    private static UsageRecord record(
            String planId, String keyId, Quota quota, Kept kept, int day, long[] pair, int today) {
        SharedUsage usage = kept.usage();
        boolean now = quota != null && day == today && usage.periodBegin() <= day && day < usage.periodEnd();
        long remaining = quota == null ? Long.MAX_VALUE : now ? usage.left(quota) : pair[1];
        return new UsageRecord(
                planId, keyId, day, (int) Math.min(Integer.MAX_VALUE, pair[0]), remaining, 0, 0, 0, usage.extra());
    }

    /** As {@link Limits#grant}. */
    void grant(String planId, String keyId, Terms terms, Quota quota, long remaining) throws IOException {
        Claim claim = new Claim(planId, keyId, quota, null, null, terms);
        UsageLedger.Told told = limits.tell(claim);
        SharedUsage now = null;
        try {
            now = answer(counters.grant(claim, told.known(), told.pending(), remaining));
        } finally {
            limits.learn(claim, told, now);
        }
    }

    private <T> T answer(CompletionStage<T> stage) throws IOException {
        try {
            return stage.toCompletableFuture().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(counters + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
