package dev.gatehouse.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {

    private static final Claim CLAIM = CountingProcess.CLAIM;

    private final VirtualClock clock = new VirtualClock("2026-11-22T10:00:00Z");

    @TempDir
    private Path directory;

    private static long remaining(Limits limits) {
        return limits.admit(CLAIM, List.of()).standing().quotaRemaining();
    }

    @Test
    void whatWasUsedIsRememberedByTheNextProcess() throws IOException {
        try (UsageJournal journal = FileJournal.in(directory)) {
            Limits limits = new Limits(clock, clock, journal);
            for (int i = 0; i < 5; i++) {
                remaining(limits);
            }
            limits.flush();
            clock.passes(Duration.ofDays(1));
            remaining(limits);
            limits.grant("plan", "key", CLAIM.quota(), 100);
            limits.flush();
        }
        try (UsageJournal journal = FileJournal.in(directory)) {
            Limits limits = new Limits(clock, clock, journal);
            assertThat(remaining(limits)).isEqualTo(99);
            int today = (int) LocalDate.parse("2026-11-23").toEpochDay();
            List<long[]> usage = limits.usage("plan", CLAIM.quota(), Set.of("key"), today - 1, today)
                    .get("key");
            assertThat(usage).hasSize(2);
            assertThat(usage.get(0)).containsExactly(5, 1_000_000_000 - 5);
            assertThat(usage.get(1)).containsExactly(2, 99);
        }
    }

    @Test
    void aLineThatWasCutOffIsPassedOverAndTheNextOneIsWhole() throws IOException {
        Path file = directory.resolve("usage-2026-11-22.log");
        try (UsageJournal journal = FileJournal.in(directory)) {
            journal.append(List.of(record("a b", 1), record("a b", 2)));
        }
        List<String> lines = Files.readAllLines(file);
        Files.writeString(file, lines.get(1).substring(0, 12), StandardOpenOption.APPEND);
        try (UsageJournal journal = FileJournal.in(directory)) {
            assertThat(loaded(journal)).containsExactly(record("a b", 1), record("a b", 2));
            journal.append(List.of(record("a b", 3)));
            assertThat(loaded(journal)).containsExactly(record("a b", 1), record("a b", 2), record("a b", 3));
        }
    }

    @Test
    void aChangedLineIsNotBelieved() throws IOException {
        Path file = directory.resolve("usage-2026-11-22.log");
        try (UsageJournal journal = FileJournal.in(directory)) {
            journal.append(List.of(record("a", 7)));
            Files.writeString(file, Files.readString(file).replace("\t7\t", "\t0\t"));
            assertThat(loaded(journal)).isEmpty();
        }
    }

    @Test
    void aRewrittenDayHasOneRecordForEachKey() throws IOException {
        try (UsageJournal journal = FileJournal.in(directory)) {
            journal.append(List.of(record("a", 1), record("a", 2), record("b", 1)));
            journal.rewrite(record("a", 2).day(), Stream.of(record("a", 2), record("b", 1)));
            journal.append(List.of(record("b", 2)));
            assertThat(loaded(journal)).containsExactly(record("a", 2), record("b", 1), record("b", 2));
        }
    }

    @Test
    void daysThatNobodyMayAskForAreDeleted() throws IOException {
        try (UsageJournal journal = FileJournal.in(directory)) {
            UsageRecord one = record("a", 1);
            journal.append(List.of(one));
            journal.load(one.day() + UsageJournal.DAYS, kept -> {});
            assertThat(Files.exists(directory.resolve("usage-2026-11-22.log"))).isFalse();
        }
    }

    @Test
    void oneDirectoryBelongsToOneProcess() throws IOException {
        try (UsageJournal journal = FileJournal.in(directory)) {
            assertThat(loaded(journal)).isEmpty();
            assertThatThrownBy(() -> FileJournal.in(directory)).hasMessageContaining("belongs to another gateway");
        }
        FileJournal.in(directory).close();
    }

    @Test
    void whatCannotBeWrittenIsTriedAgain() throws IOException {
        FailingJournal journal = new FailingJournal();
        Limits limits = new Limits(clock, clock, journal);
        journal.failing = true;
        for (int i = 0; i < 10; i++) {
            remaining(limits);
            limits.flush();
        }
        assertThat(journal.written).isEmpty();
        journal.failing = false;
        limits.flush();
        assertThat(journal.written).hasSize(1);
        assertThat(journal.written.get(0).used()).isEqualTo(10);
    }

    /** As by {@code kill -9}. */
    @Test
    void aKilledProcessForgetsLessThanASecondOfCallsAndCountsNoneTwice() throws Exception {
        long before = 0;
        for (int round = 0; round < 3; round++) {
            CountingProcess.Life life = CountingProcess.untilKilled(
                    Duration.ofMillis(300 + 170 * round), clock, "directory", directory.toString());
            try (UsageJournal journal = FileJournal.in(directory)) {
                // asking is a call, too
                long kept = 1_000_000_000 - remaining(new Limits(clock, clock, journal)) - 1;

                assertThat(kept).isBetween(life.kept(), before + life.begun());
                assertThat(life.kept()).isGreaterThan(before);
                assertThat(life.pause()).isLessThan(Duration.ofSeconds(1));
                before = kept;
            }
        }
    }

    private static UsageRecord record(String keyId, int used) {
        int day = (int) LocalDate.parse("2026-11-22").toEpochDay();
        return new UsageRecord("plan\t%", keyId, day, used, 10 - used, day, day + 1, used, 0);
    }

    private static List<UsageRecord> loaded(UsageJournal journal) throws IOException {
        List<UsageRecord> all = new ArrayList<>();
        journal.load((int) LocalDate.parse("2026-11-22").toEpochDay(), all::add);
        return all;
    }

    private static final class FailingJournal implements UsageJournal {

        private final List<UsageRecord> written = new ArrayList<>();
        private boolean failing;

        @Override
        public void load(int today, java.util.function.Consumer<UsageRecord> each) {}

        @Override
        public void append(Collection<UsageRecord> records) throws IOException {
            if (failing) {
                throw new IOException("no space left on device");
            }
            written.addAll(records);
        }

        @Override
        public boolean wantsRewrite() {
            return false;
        }

        @Override
        public void rewrite(int day, Stream<UsageRecord> all) {}

        @Override
        public List<UsageRecord> history(String planId, Set<String> keyIds, int from, int to) {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
