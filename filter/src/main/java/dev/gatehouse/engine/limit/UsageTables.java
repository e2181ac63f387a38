package dev.gatehouse.engine.limit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The two tables of usage: what a key has used in a period of a plan, and on a day. In SQL of PostgreSQL and H2. */
final class UsageTables {

    private static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS gatehouse_usage_period (plan_id VARCHAR(256) NOT NULL, key_id VARCHAR(256) NOT NULL,"
                    + " period_begin INTEGER NOT NULL, period_end INTEGER NOT NULL, calls BIGINT NOT NULL,"
                    + " extra BIGINT NOT NULL, PRIMARY KEY (plan_id, key_id, period_begin))",
            "CREATE TABLE IF NOT EXISTS gatehouse_usage_day (plan_id VARCHAR(256) NOT NULL, key_id VARCHAR(256) NOT NULL,"
                    + " calls_on INTEGER NOT NULL, calls BIGINT NOT NULL, remaining BIGINT NOT NULL,"
                    + " PRIMARY KEY (plan_id, key_id, calls_on))");

    private UsageTables() {}

    /** Makes them where they are not there. */
    static void create(Connection connection) throws SQLException {
        for (String table : TABLES) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(table);
            }
        }
    }

    /** Forgets what ended on that day, or before. */
    static void forget(Connection connection, int day) throws SQLException {
        for (String old : List.of(
                "DELETE FROM gatehouse_usage_day WHERE calls_on <= ?",
                "DELETE FROM gatehouse_usage_period WHERE period_end <= ?")) {
            try (PreparedStatement delete = connection.prepareStatement(old)) {
                delete.setInt(1, day);
                delete.executeUpdate();
            }
        }
    }

    /** What was used in periods that are not over before that day, by the begin of the periods; nothing is said of days. */
    static List<UsageRecord> periods(Connection connection, int today) throws SQLException {
        List<UsageRecord> periods = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT plan_id, key_id, period_begin, period_end, calls, extra FROM gatehouse_usage_period"
                        + " WHERE period_end > ? ORDER BY period_begin")) {
            query.setInt(1, today - 1);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    periods.add(new UsageRecord(
                            rows.getString(1),
                            rows.getString(2),
                            today,
                            0,
                            0,
                            rows.getInt(3),
                            rows.getInt(4),
                            whole(rows.getLong(5)),
                            rows.getLong(6)));
                }
            }
        }
        return periods;
    }

    /** What was used from a day on, in the order of days; nothing is said of periods. */
    static List<UsageRecord> since(Connection connection, int day) throws SQLException {
        return days(connection, "calls_on >= ? ORDER BY calls_on", query -> query.setInt(1, day));
    }

    /** What a key of a plan has used on each day, both included; nothing is said of periods. */
    static List<UsageRecord> of(Connection connection, String planId, String keyId, int from, int to)
            throws SQLException {
        return days(connection, "plan_id = ? AND key_id = ? AND calls_on BETWEEN ? AND ? ORDER BY calls_on", query -> {
            query.setString(1, planId);
            query.setString(2, keyId);
            query.setInt(3, from);
            query.setInt(4, to);
        });
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

    static int whole(long calls) {
        return (int) Math.min(Integer.MAX_VALUE, calls);
    }
}
