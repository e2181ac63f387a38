package dev.gatehouse.engine.limit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A process tells the database what it has counted, and hears what others have. In SQL of PostgreSQL and H2. */
final class UsageMeeting {

    private static final int TIMEOUT_SECONDS = 5;

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

    private UsageMeeting() {}

    record Client(String planId, String keyId) {}

    /**
     * What came of it for one record.
     *
     * @param agreed the database and this process, once it is committed
     */
    record Met(AgreedUsage agreed, CountedElsewhere elsewhere) {}

    /**
     * Adds what has been counted since this process and the database last met.
     *
     * @param agreed what they agreed on then; null for a key that they have not spoken of
     */
    static List<Met> meet(Connection connection, List<UsageRecord> batch, Function<Client, AgreedUsage> agreed)
            throws SQLException {
        try (PreparedStatement beginPeriod = connection.prepareStatement(BEGIN_PERIOD);
                PreparedStatement addToPeriod =
                        connection.prepareStatement(ADD_TO_PERIOD, new String[] {"calls", "extra"});
                PreparedStatement beginDay = connection.prepareStatement(BEGIN_DAY);
                PreparedStatement addToDay = connection.prepareStatement(ADD_TO_DAY, new String[] {"calls"})) {
            for (PreparedStatement one : List.of(beginPeriod, addToPeriod, beginDay, addToDay)) {
                one.setQueryTimeout(TIMEOUT_SECONDS);
            }
            Map<Client, AgreedUsage> now = new HashMap<>();
            List<AgreedUsage> before = new ArrayList<>();
            for (UsageRecord one : batch) {
                Client client = new Client(one.planId(), one.keyId());
                AgreedUsage known = now.containsKey(client) ? now.get(client) : agreed.apply(client);
                AgreedUsage last = known == null ? AgreedUsage.none(one) : known;
                before.add(last);
                now.put(client, AgreedUsage.of(one, one.usedOnDay(), one.used(), one.extra()));
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
                        AgreedUsage.of(one, one.usedOnDay() + onDay, one.used() + calls, one.extra() + extra),
                        new CountedElsewhere(
                                one.planId(),
                                one.keyId(),
                                one.day(),
                                UsageTables.whole(onDay),
                                one.periodBegin(),
                                UsageTables.whole(calls),
                                extra)));
            }
            return met;
        }
    }

    private static void addPeriod(UsageRecord one, AgreedUsage last, PreparedStatement begin, PreparedStatement add)
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
            UsageRecord one, AgreedUsage last, long remaining, PreparedStatement begin, PreparedStatement add)
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
}
