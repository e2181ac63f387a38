package dev.gatehouse.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What several processes may expect of usage in a database that they share. */
abstract class JdbcJournalContract {

    private final VirtualClock clock = new VirtualClock("2026-11-22T10:00:00Z");
    private DataSource database;

    /** @return of a database that nobody has used yet */
    abstract DataSource database() throws Exception;

    /** @return where another process finds that database, by which it can connect without saying more */
    abstract String url();

    @BeforeEach
    void connect() throws Exception {
        database = database();
    }

    /** A process. */
    private Limits node() throws IOException {
        return new Limits(clock, clock, JdbcJournal.of(database));
    }

    private static Claim claim(int limit, QuotaPeriod period) {
        return new Claim("plan", "key", new Quota(limit, period, 0), null, null);
    }

    private static int passed(Limits node, Claim claim, int calls) {
        int passed = 0;
        for (int i = 0; i < calls; i++) {
            passed += node.admit(claim, List.of()).permitted() ? 1 : 0;
        }
        return passed;
    }

    private static List<String> usage(Limits node, Claim claim, String from, String to) throws IOException {
        return node
                .usage(
                        claim.planId(),
                        claim.quota(),
                        Set.of(claim.keyId()),
                        (int) LocalDate.parse(from).toEpochDay(),
                        (int) LocalDate.parse(to).toEpochDay())
                .get(claim.keyId())
                .stream()
                .map(pair -> pair[0] + "," + pair[1])
                .toList();
    }

    @Test
    void whatWasUsedIsRememberedByTheNextProcess() throws IOException {
        Claim claim = claim(10, QuotaPeriod.MONTH);
        Limits before = node();
        passed(before, claim, 5);
        before.flush();
        clock.passes(Duration.ofDays(1));
        passed(before, claim, 1);
        before.grant("plan", "key", claim.quota(), 3);
        before.flush();

        Limits after = node();

        assertThat(passed(after, claim, 5)).isEqualTo(3);
        assertThat(usage(after, claim, "2026-11-21", "2026-11-24")).containsExactly("0,10", "5,5", "4,0", "0,0");
    }

    @Test
    void processesAddUpWhatTheyHaveCounted() throws IOException {
        Claim claim = claim(100, QuotaPeriod.DAY);
        Limits one = node();
        Limits other = node();
        passed(one, claim, 30);
        passed(other, claim, 30);
        one.flush();
        other.flush();

        assertThat(other.admit(claim, List.of()).standing().quotaRemaining()).isEqualTo(39);
        assertThat(usage(one, claim, "2026-11-22", "2026-11-22")).containsExactly("60,40");
        other.flush();
        passed(one, claim, 1);
        one.flush();
        assertThat(one.admit(claim, List.of()).standing().quotaRemaining()).isEqualTo(37);
    }

    @Test
    void ofAQuotaThatProcessesShareNoMoreIsExceededThanTheyCountBetweenTwoWrites() throws IOException {
        Claim claim = claim(50, QuotaPeriod.MONTH);
        List<Limits> nodes = List.of(node(), node(), node());
        int passed = 0;
        for (int round = 0; round < 20; round++) {
            for (Limits node : nodes) {
                passed += passed(node, claim, 4);
            }
            nodes.forEach(Limits::flush);
        }
        assertThat(passed).isBetween(50, 50 + 2 * 2 * 4);
        assertThat(usage(node(), claim, "2026-11-22", "2026-11-22")).containsExactly(passed + ",0");
    }

    @Test
    void whatIsGrantedIsLeftToAllTogether() throws IOException {
        Claim claim = claim(10, QuotaPeriod.MONTH);
        Limits one = node();
        Limits other = node();
        assertThat(passed(one, claim, 10)).isEqualTo(10);
        one.flush();
        assertThat(passed(other, claim, 1)).as("has not heard of it yet").isEqualTo(1);
        other.flush();
        assertThat(passed(other, claim, 1)).isZero();

        other.grant("plan", "key", claim.quota(), 5);
        other.flush();
        assertThat(passed(other, claim, 2)).isEqualTo(2);
        other.flush();
        one.grant("plan", "key", claim.quota(), 4);
        one.flush();

        assertThat(passed(one, claim, 9)).isEqualTo(4);
    }

    @Test
    void noCallIsLostWhereAllWriteAtOnce() throws Exception {
        Claim claim = claim(1_000_000, QuotaPeriod.MONTH);
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            List<Callable<Void>> writers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Limits node = node();
                writers.add(() -> {
                    for (int round = 0; round < 30; round++) {
                        for (int key = 0; key < 5; key++) {
                            passed(node, new Claim("plan", "key" + key, claim.quota(), null, null), 7);
                        }
                        node.flush();
                    }
                    for (int last = 0; last < 20; last++) {
                        node.flush();
                    }
                    return null;
                });
            }
            for (Future<Void> one : pool.invokeAll(writers)) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        Limits after = node();
        for (int key = 0; key < 5; key++) {
            Claim one = new Claim("plan", "key" + key, claim.quota(), null, null);
            assertThat(usage(after, one, "2026-11-22", "2026-11-22")).containsExactly("630," + (1_000_000 - 630));
        }
    }

    @Test
    void aNewPeriodBeginsForAllOfThem() throws IOException {
        Claim claim = claim(10, QuotaPeriod.DAY);
        Limits one = node();
        Limits other = node();
        passed(one, claim, 10);
        one.flush();
        clock.passes(Duration.ofDays(1));
        assertThat(passed(other, claim, 4)).isEqualTo(4);
        other.flush();
        assertThat(passed(one, claim, 1)).isEqualTo(1);
        one.flush();
        assertThat(passed(one, claim, 10)).isEqualTo(5);
        assertThat(usage(one, claim, "2026-11-22", "2026-11-23")).containsExactly("10,0", "10,0");
    }

    @Test
    void whatWasUsedMovesIntoOtherWindowsOnce() throws IOException {
        Claim day = claim(10, QuotaPeriod.DAY);
        Limits one = node();
        Limits other = node();
        passed(one, day, 3);
        one.flush();
        passed(other, day, 3);
        other.flush();
        passed(one, day, 1);
        one.flush();

        Claim month = claim(20, QuotaPeriod.MONTH);
        passed(one, month, 1);
        one.flush();
        passed(other, month, 1);
        other.flush();
        passed(one, month, 1);
        one.flush();

        assertThat(one.admit(month, List.of()).standing().quotaRemaining()).isBetween(20L - 12, 20L - 10);
    }

    @Test
    void whatCannotBeWrittenIsTriedAgainAndCountedOnce() throws IOException {
        AtomicBoolean down = new AtomicBoolean();
        DataSource real = database;
        database = new UnreliableDatabase(real, down);
        Claim claim = claim(100, QuotaPeriod.MONTH);
        Limits node = node();
        down.set(true);
        for (int i = 0; i < 5; i++) {
            passed(node, claim, 2);
            node.flush();
        }
        down.set(false);
        node.flush();
        node.flush();
        database = real;
        assertThat(usage(node(), claim, "2026-11-22", "2026-11-22")).containsExactly("10,90");
    }

    @Test
    void daysThatNobodyMayAskForAreDeleted() throws Exception {
        Claim claim = claim(10, QuotaPeriod.DAY);
        Limits before = node();
        passed(before, claim, 1);
        before.flush();
        clock.passes(Duration.ofDays(UsageJournal.DAYS + 1));
        node();
        try (Connection connection = database.getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT (SELECT COUNT(*) FROM gatehouse_usage_day)"
                                + " + (SELECT COUNT(*) FROM gatehouse_usage_period)")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    /** As by {@code kill -9}, again and again; each process goes on where the one before was stopped. */
    @Test
    void aKilledProcessForgetsLessThanASecondOfCallsAndCountsNoneTwice() throws Exception {
        long before = 0;
        for (int round = 0; round < 3; round++) {
            CountingProcess.Life life =
                    CountingProcess.untilKilled(Duration.ofMillis(1300 + 70 * round), clock, "database", url());
            Limits after = node();
            long[] today = after.usage(
                            "plan", CountingProcess.CLAIM.quota(), Set.of("key"), after.today(), after.today())
                    .get("key")
                    .get(0);

            assertThat(today[0]).as("calls that are kept").isBetween(life.kept(), before + life.begun());
            assertThat(life.kept()).isGreaterThan(before);
            assertThat(life.pause()).isLessThan(Duration.ofSeconds(1));
            assertThat(today[1]).as("of the quota remain").isEqualTo(1_000_000_000 - today[0]);
            before = today[0];
        }
    }

    /** Gives no connections while it is down. */
    private static final class UnreliableDatabase extends DelegatingDataSource {

        private final AtomicBoolean down;

        UnreliableDatabase(DataSource real, AtomicBoolean down) {
            super(real);
            this.down = down;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (down.get()) {
                throw new SQLException("the database is down", "08001");
            }
            return super.getConnection();
        }
    }
}
