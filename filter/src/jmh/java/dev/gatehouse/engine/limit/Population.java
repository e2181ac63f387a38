package dev.gatehouse.engine.limit;

import dev.gatehouse.dataplane.snapshot.AccessTable;
import java.util.List;

/** Keys in plans, a thousand keys in each, with a quota and a throttle. */
final class Population {

    private static final int KEYS_OF_A_PLAN = 1000;
    private static final Quota QUOTA = new Quota(1_000_000_000, QuotaPeriod.MONTH, 0);
    private static final Rate RATE = new Rate(100_000, 1_000_000);

    private Population() {}

    static String value(int key) {
        return "a-value-nobody-guesses-" + (10_000_000 + key);
    }

    private static String plan(int key) {
        return ("plan" + key / KEYS_OF_A_PLAN).intern();
    }

    static Claim claim(int key) {
        String plan = plan(key);
        return new Claim(plan, id(key), QUOTA, null, new Limit(Level.CLIENT, plan, RATE));
    }

    /** As long as Amazon's. */
    private static String id(int key) {
        return "k" + (100_000_000 + key);
    }

    static AccessTable table(int keys) {
        AccessTable table = new AccessTable();
        for (int i = 0; i < keys; i++) {
            table.put(value(i), new AccessTable.Client(id(i), true, List.of(plan(i))));
        }
        return table;
    }
}
