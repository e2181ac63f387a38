package dev.gatehouse.engine.limit;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Forgets everything with the process. Of days that are over only what GetUsage tells is kept, 16 bytes for each key and day. */
public final class MemoryJournal implements UsageJournal {

    private record Client(String planId, String keyId) {}

    /** By client: pairs of day and calls on it, and what remained. */
    private final Map<Client, long[]> days = new ConcurrentHashMap<>();

    @Override
    public void load(int today, Consumer<UsageRecord> each) {
        // there is nothing yet
    }

    @Override
    public void append(Collection<UsageRecord> records) {
        for (UsageRecord one : records) {
            days.merge(
                    new Client(one.planId(), one.keyId()),
                    new long[] {(long) one.day() << 32 | one.usedOnDay(), one.remaining()},
                    (before, now) -> merged(before, now, one.day()));
        }
    }

    private static long[] merged(long[] before, long[] now, int day) {
        int from = 0;
        while (from < before.length && day(before[from]) <= day - DAYS) {
            from += 2;
        }
        int to = before.length;
        while (to > from && day(before[to - 2]) >= day) {
            to -= 2;
        }
        long[] after = Arrays.copyOfRange(before, from, to + 2);
        after[after.length - 2] = now[0];
        after[after.length - 1] = now[1];
        return after;
    }

    private static int day(long pair) {
        return (int) (pair >> 32);
    }

    @Override
    public boolean wantsRewrite() {
        return false;
    }

    @Override
    public void rewrite(int day, Stream<UsageRecord> all) {
        throw new IllegalStateException("a journal in memory is never written anew");
    }

    @Override
    public List<UsageRecord> history(String planId, Set<String> keyIds, int from, int to) {
        return keyIds.stream()
                .flatMap(keyId -> history(planId, keyId, from, to))
                .toList();
    }

    private Stream<UsageRecord> history(String planId, String keyId, int from, int to) {
        long[] kept = days.getOrDefault(new Client(planId, keyId), new long[0]);
        Stream.Builder<UsageRecord> records = Stream.builder();
        for (int i = 0; i < kept.length; i += 2) {
            int day = day(kept[i]);
            if (day >= from && day <= to) {
                records.add(new UsageRecord(planId, keyId, day, (int) kept[i], kept[i + 1], 0, 0, 0, 0));
            }
        }
        return records.build();
    }

    @Override
    public void close() {
        // nothing is open
    }
}
