package dev.gatehouse.engine.limit;

import dev.gatehouse.engine.jdbc.Transaction;
import dev.gatehouse.engine.limit.UsageMeeting.Client;
import dev.gatehouse.engine.limit.UsageMeeting.Met;
import dev.gatehouse.engine.table.CompactTable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Usage in a database of PostgreSQL or H2 that several processes may share: each adds the calls that it has counted since it wrote
 * the last time, and learns what the others have added. Makes its tables where they are not there.
 *
 * <p>A database that loses its connection while it commits may count what was written then twice: a key has rather too little left than
 * too much.
 */
public final class JdbcJournal implements UsageJournal {

    private static final int ATTEMPTS = 4;
    private static final int BATCH = 1000;

    /** Serialization failures, deadlocks, lock timeouts, and a row that somebody else has just made. */
    private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01", "55P03", "HYT00", "90131", "23505");

    private final DataSource database;
    private final boolean syncs;
    private final CompactTable<Client, AgreedUsage> agreed = new CompactTable<>(new CompactTable.Keying<>() {
        @Override
        public int hash(AgreedUsage one) {
            return 31 * one.planId().hashCode() + one.keyId().hashCode();
        }

        @Override
        public int hashOf(Client client) {
            return 31 * client.planId().hashCode() + client.keyId().hashCode();
        }

        @Override
        public boolean has(AgreedUsage one, Client client) {
            return one.keyId().equals(client.keyId()) && one.planId().equals(client.planId());
        }
    });
    private int tidiedOn;

    private JdbcJournal(DataSource database, boolean syncs) {
        this.database = database;
        this.syncs = syncs;
    }

    /**
     * @param database stays open when the journal is closed
     * @throws IOException where it does not answer, or is neither PostgreSQL nor H2
     */
    public static JdbcJournal of(DataSource database) throws IOException {
        try (Connection connection = database.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            boolean h2 = product.equalsIgnoreCase("H2");
            if (!h2 && !product.equalsIgnoreCase("PostgreSQL")) {
                throw new IOException("usage data cannot be kept in " + product
                        + ": H2 and PostgreSQL are what is known to keep it as it is");
            }
            JdbcJournal journal = new JdbcJournal(database, h2);
            journal.inTransaction(session -> {
                if (!h2) {
                    try (Statement lock = session.createStatement()) {
                        // two that make the same table at once get in each other's way
                        lock.execute("SELECT pg_advisory_xact_lock(7310286012)");
                    }
                }
                UsageTables.create(session);
                return null;
            });
            return journal;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void load(int today, Consumer<UsageRecord> each) throws IOException {
        tidy(today);
        Map<Client, UsageRecord> kept = new HashMap<>();
        try (Connection connection = database.getConnection()) {
            for (UsageRecord one : UsageTables.periods(connection, today)) {
                kept.put(new Client(one.planId(), one.keyId()), one);
            }
            for (UsageRecord day : UsageTables.since(connection, today - 1)) {
                kept.merge(
                        new Client(day.planId(), day.keyId()),
                        day,
                        (period, now) -> new UsageRecord(
                                now.planId(),
                                now.keyId(),
                                now.day(),
                                now.usedOnDay(),
                                now.remaining(),
                                period.periodBegin(),
                                period.periodEnd(),
                                period.used(),
                                period.extra()));
            }
        } catch (SQLException e) {
            throw failed(e);
        }
        kept.forEach((client, one) -> {
            agreed.put(client, AgreedUsage.of(one, one.usedOnDay(), one.used(), one.extra()));
            each.accept(one);
        });
    }

    @Override
    public void append(Collection<UsageRecord> records) throws IOException {
        append(records, elsewhere -> {});
    }

    @Override
    public void append(Collection<UsageRecord> records, Consumer<CountedElsewhere> elsewhere) throws IOException {
        // all processes in the same order, so that they wait for each other instead of standing still
        List<UsageRecord> sorted = records.stream()
                .sorted(Comparator.comparing(UsageRecord::planId).thenComparing(UsageRecord::keyId))
                .toList();
        for (int from = 0; from < sorted.size(); from += BATCH) {
            List<UsageRecord> batch = sorted.subList(from, Math.min(sorted.size(), from + BATCH));
            List<Met> met;
            try {
                met = inTransaction(connection -> UsageMeeting.meet(connection, batch, agreed::get));
            } catch (SQLException e) {
                throw failed(e);
            }
            met.forEach(one -> {
                agreed.put(new Client(one.agreed().planId(), one.agreed().keyId()), one.agreed());
                if (!one.elsewhere().isNothing()) {
                    elsewhere.accept(one.elsewhere());
                }
            });
        }
        int today = records.stream().mapToInt(UsageRecord::day).max().orElse(0);
        if (today > tidiedOn) {
            tidy(today);
        }
    }

    @Override
    public boolean wantsRewrite() {
        return false;
    }

    @Override
    public void rewrite(int day, Stream<UsageRecord> all) {
        throw new IllegalStateException("a database has one row for each key and day");
    }

    @Override
    public List<UsageRecord> history(String planId, Set<String> keyIds, int from, int to) throws IOException {
        List<UsageRecord> found = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            for (String keyId : keyIds) {
                found.addAll(UsageTables.of(connection, planId, keyId, from, to));
            }
        } catch (SQLException e) {
            throw failed(e);
        }
        return found;
    }

    /** Once a day: what nobody may ask for any more. */
    private void tidy(int today) throws IOException {
        try {
            inTransaction(connection -> {
                UsageTables.forget(connection, today - DAYS);
                return null;
            });
            tidiedOn = today;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The database belongs to whoever gave it. */
    @Override
    public void close() {
        // nothing is open
    }

    private <T> T inTransaction(Transaction.Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return Transaction.run(database, connection -> {
                    T result = work.run(connection);
                    connection.commit();
                    if (syncs) {
                        // what H2 has committed may be in buffers of the operating system
                        try (Statement statement = connection.createStatement()) {
                            statement.execute("CHECKPOINT SYNC");
                        }
                    }
                    return result;
                });
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !TRY_AGAIN.contains(String.valueOf(e.getSQLState()))) {
                    throw e;
                }
            }
        }
    }

    private static IOException failed(SQLException e) {
        return new IOException("the database of usage data failed: " + e.getMessage(), e);
    }
}
