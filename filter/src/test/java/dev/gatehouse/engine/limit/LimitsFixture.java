package dev.gatehouse.engine.limit;

import java.util.List;

/** What tests of other packages ask this one. */
public final class LimitsFixture {

    private LimitsFixture() {}

    /** First day of the period, first day after it, and the day itself. */
    public static List<Integer> window(Quota quota, int day) {
        Quota.Window window = quota.window(day);
        return List.of(window.begin(), window.end(), day);
    }
}
