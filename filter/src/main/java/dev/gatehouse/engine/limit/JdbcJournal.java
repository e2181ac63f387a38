package dev.gatehouse.engine.limit;

import dev.gatehouse.engine.jdbc.Transaction;
import dev.gatehouse.engine.table.CompactTable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
    private static final int TIMEOUT_SECONDS = 5;
    private static final int BATCH = 1000;

    /** Serialization failures, deadlocks, lock timeouts, and a row that somebody else has just made. */
    private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01", "55P03", "HYT00", "90131", "23505");

    private static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS gatehouse_usage_period (plan_id VARCHAR(256) NOT NULL, key_id VARCHAR(256) NOT NULL,"
                    + " period_begin INTEGER NOT NULL, period_end INTEGER NOT NULL, calls BIGINT NOT NULL,"
                    + " extra BIGINT NOT NULL, PRIMARY KEY (plan_id, key_id, period_begin))",
            "CREATE TABLE IF NOT EXISTS gatehouse_usage_day (plan_id VARCHAR(256) NOT NULL, key_id VARCHAR(256) NOT NULL,"
                    + " calls_on INTEGER NOT NULL, calls BIGINT NOT NULL, remaining BIGINT NOT NULL,"
                    + " PRIMARY KEY (plan_id, key_id, calls_on))");

    private static final String BEGIN_PERIOD =
            "INSERT INTO gatehouse_usage_period (plan_id, key_id, period_begin, period_end, calls, extra)"
                    + " SELECT CAST(? AS VARCHAR(256)), CAST(? AS VARCHAR(256)), CAST(? AS INTEGER), CAST(? AS INTEGER),"
                    + " CAST(? AS BIGINT), CAST(? AS BIGINT) WHERE NOT EXISTS (SELECT 1 FROM gatehouse_usage_period"
                    + " WHERE plan_id = ? AND key_id = ? AND period_begin = ?)";
    private static final String ADD_TO_PERIOD = "UPDATE gatehouse_usage_period SET calls = calls + ?, extra = extra + ?"
            + " WHERE plan_id = ? AND key_id = ? AND period_begin = ?";
    private static final String BEGIN_DAY =
            "INSERT INTO gatehouse_usage_day (plan_id, key_id, calls_on, calls, remaining)"
                    + " SELECT CAST(? AS VARCHAR(256)), CAST(? AS VARCHAR(256)), CAST(? AS INTEGER), 0, 0"
                    + " WHERE NOT EXISTS (SELECT 1 FROM gatehouse_usage_day"
                    + " WHERE plan_id = ? AND key_id = ? AND calls_on = ?)";
    private static final String ADD_TO_DAY = "UPDATE gatehouse_usage_day SET calls = calls + ?, remaining = ?"
            + " WHERE plan_id = ? AND key_id = ? AND calls_on = ?";

    private record Client(String planId, String keyId) {}

    /** What the database and this process agreed on when they last met. */
    private record Agreed(
            String planId, String keyId, int day, long onDay, int periodBegin, int periodEnd, long used, long extra) {

        static Agreed none(UsageRecord one) {
            return new Agreed(one.planId(), one.keyId(), one.day(), 0, 0, 0, 0, 0);
        }

        /** Calls of the day of a record that are agreed on. */
        long onDay(UsageRecord one) {
            return day == one.day() ? onDay : 0;
        }

        /** Whether what was used goes on: within a period, and into one with other windows that is not after it. */
        boolean goesOn(UsageRecord one) {
            return one.periodBegin() == periodBegin || one.periodBegin() < periodEnd;
        }
    }

    private final DataSource database;
    private final boolean syncs;
    private final CompactTable<Client, Agreed> agreed = new CompactTable<>(new CompactTable.Keying<>() {
        @Override
        public int hash(Agreed one) {
            return 31 * one.planId().hashCode() + one.keyId().hashCode();
        }

        @Override
        public int hashOf(Client client) {
            return 31 * client.planId().hashCode() + client.keyId().hashCode();
        }

        @Override
        public boolean has(Agreed one, Client client) {
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
                for (String table : TABLES) {
                    try (Statement statement = session.createStatement()) {
                        statement.execute(table);
                    }
                }
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
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT plan_id, key_id, period_begin, period_end, calls, extra FROM gatehouse_usage_period"
                            + " WHERE period_end > ? ORDER BY period_begin")) {
                query.setInt(1, today - 1);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        UsageRecord one = new UsageRecord(
                                rows.getString(1),
                                rows.getString(2),
                                today,
                                0,
                                0,
                                rows.getInt(3),
                                rows.getInt(4),
                                whole(rows.getLong(5)),
                                rows.getLong(6));
                        kept.put(new Client(one.planId(), one.keyId()), one);
                    }
                }
            }
            for (UsageRecord day :
                    days(connection, "calls_on >= ? ORDER BY calls_on", query -> query.setInt(1, today - 1))) {
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
            agreed.put(client, agreed(one, one.usedOnDay(), one.used(), one.extra()));
            each.accept(one);
        });
    }

    private static Agreed agreed(UsageRecord one, long onDay, long used, long extra) {
        return new Agreed(one.planId(), one.keyId(), one.day(), onDay, one.periodBegin(), one.periodEnd(), used, extra);
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
                met = inTransaction(connection -> meet(connection, batch));
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

    private record Met(Agreed agreed, CountedElsewhere elsewhere) {}

    private List<Met> meet(Connection connection, List<UsageRecord> batch) throws SQLException {
        try (PreparedStatement beginPeriod = connection.prepareStatement(BEGIN_PERIOD);
                PreparedStatement addToPeriod =
                        connection.prepareStatement(ADD_TO_PERIOD, new String[] {"calls", "extra"});
                PreparedStatement beginDay = connection.prepareStatement(BEGIN_DAY);
                PreparedStatement addToDay = connection.prepareStatement(ADD_TO_DAY, new String[] {"calls"})) {
            for (PreparedStatement one : List.of(beginPeriod, addToPeriod, beginDay, addToDay)) {
                one.setQueryTimeout(TIMEOUT_SECONDS);
            }
            Map<Client, Agreed> now = new HashMap<>();
            List<Agreed> before = new ArrayList<>();
            for (UsageRecord one : batch) {
                Client client = new Client(one.planId(), one.keyId());
                Agreed known = now.containsKey(client) ? now.get(client) : agreed.get(client);
                Agreed last = known == null ? Agreed.none(one) : known;
                before.add(last);
                now.put(client, agreed(one, one.usedOnDay(), one.used(), one.extra()));
                addPeriod(one, last, beginPeriod, addToPeriod);
            }
            beginPeriod.executeBatch();
            List<long[]> periods = added(addToPeriod, 2);
            int period = 0;
            List<long[]> inPeriods = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                UsageRecord one = batch.get(i);
                long[] total = one.periodEnd() == 0 ? new long[] {0, 0} : periods.get(period++);
                long calls = one.periodEnd() == 0 ? 0 : Math.max(0, total[0] - one.used());
                long extra = one.periodEnd() == 0 ? 0 : total[1] - one.extra();
                inPeriods.add(new long[] {calls, extra});
                addDay(
                        one,
                        before.get(i),
                        one.remaining() == Long.MAX_VALUE
                                ? one.remaining()
                                : Math.max(0, one.remaining() - calls + extra),
                        beginDay,
                        addToDay);
            }
            beginDay.executeBatch();
            List<long[]> days = added(addToDay, 1);
            List<Met> met = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                UsageRecord one = batch.get(i);
                long calls = inPeriods.get(i)[0];
                long extra = inPeriods.get(i)[1];
                long onDay = Math.max(0, days.get(i)[0] - one.usedOnDay());
                met.add(new Met(
                        agreed(one, one.usedOnDay() + onDay, one.used() + calls, one.extra() + extra),
                        new CountedElsewhere(
                                one.planId(),
                                one.keyId(),
                                one.day(),
                                whole(onDay),
                                one.periodBegin(),
                                whole(calls),
                                extra)));
            }
            return met;
        }
    }

    private static void addPeriod(UsageRecord one, Agreed last, PreparedStatement begin, PreparedStatement add)
            throws SQLException {
        if (one.periodEnd() == 0) {
            return;
        }
        long used = last.goesOn(one) ? last.used() : 0;
        long extra = last.goesOn(one) ? last.extra() : 0;
        set(begin, one.planId(), one.keyId(), one.periodBegin(), one.periodEnd(), used, extra);
        begin.setString(7, one.planId());
        begin.setString(8, one.keyId());
        begin.setInt(9, one.periodBegin());
        begin.addBatch();
        add.setLong(1, Math.max(0, one.used() - used));
        add.setLong(2, one.extra() - extra);
        add.setString(3, one.planId());
        add.setString(4, one.keyId());
        add.setInt(5, one.periodBegin());
        add.addBatch();
    }

    private static void set(
            PreparedStatement begin, String planId, String keyId, int first, int end, long used, long extra)
            throws SQLException {
        begin.setString(1, planId);
        begin.setString(2, keyId);
        begin.setInt(3, first);
        begin.setInt(4, end);
        begin.setLong(5, used);
        begin.setLong(6, extra);
    }

    private static void addDay(
            UsageRecord one, Agreed last, long remaining, PreparedStatement begin, PreparedStatement add)
            throws SQLException {
        for (int offset = 0; offset <= 3; offset += 3) {
            begin.setString(1 + offset, one.planId());
            begin.setString(2 + offset, one.keyId());
            begin.setInt(3 + offset, one.day());
        }
        begin.addBatch();
        add.setLong(1, Math.max(0, one.usedOnDay() - last.onDay(one)));
        add.setLong(2, remaining);
        add.setString(3, one.planId());
        add.setString(4, one.keyId());
        add.setInt(5, one.day());
        add.addBatch();
    }

    /** @return what the rows have now, in the order of the batch */
    private static List<long[]> added(PreparedStatement add, int columns) throws SQLException {
        add.executeBatch();
        List<long[]> totals = new ArrayList<>();
        try (ResultSet rows = add.getGeneratedKeys()) {
            while (rows.next()) {
                long[] total = new long[columns];
                for (int i = 0; i < columns; i++) {
                    total[i] = rows.getLong(i + 1);
                }
                totals.add(total);
            }
        }
        return totals;
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
                found.addAll(days(
                        connection,
                        "plan_id = ? AND key_id = ? AND calls_on BETWEEN ? AND ? ORDER BY calls_on",
                        query -> {
                            query.setString(1, planId);
                            query.setString(2, keyId);
                            query.setInt(3, from);
                            query.setInt(4, to);
                        }));
            }
        } catch (SQLException e) {
            throw failed(e);
        }
        return found;
    }

    private interface Parameters {
        void set(PreparedStatement query) throws SQLException;
    }

    private static List<UsageRecord> days(Connection connection, String where, Parameters parameters)
            throws SQLException {
        List<UsageRecord> days = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT plan_id, key_id, calls_on, calls, remaining FROM gatehouse_usage_day WHERE " + where)) {
            parameters.set(query);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    days.add(new UsageRecord(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getInt(3),
                            whole(rows.getLong(4)),
                            rows.getLong(5),
                            0,
                            0,
                            0,
                            0));
                }
            }
        }
        return days;
    }

    /** Once a day: what nobody may ask for any more. */
    private void tidy(int today) throws IOException {
        try {
            inTransaction(connection -> {
                for (String old : List.of(
                        "DELETE FROM gatehouse_usage_day WHERE calls_on <= ?",
                        "DELETE FROM gatehouse_usage_period WHERE period_end <= ?")) {
                    try (PreparedStatement delete = connection.prepareStatement(old)) {
                        delete.setInt(1, today - DAYS);
                        delete.executeUpdate();
                    }
                }
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

    private static int whole(long calls) {
        return (int) Math.min(Integer.MAX_VALUE, calls);
    }

    private static IOException failed(SQLException e) {
        return new IOException("the database of usage data failed: " + e.getMessage(), e);
    }
}
