package dev.gatehouse.engine.limit;

/** What the database and this process agreed on when they last met. */
record AgreedUsage(
        String planId, String keyId, int day, long onDay, int periodBegin, int periodEnd, long used, long extra) {

    /** Of a key that they have not spoken of. */
    static AgreedUsage none(UsageRecord one) {
        return new AgreedUsage(one.planId(), one.keyId(), one.day(), 0, 0, 0, 0, 0);
    }

    /** As a record says, with these numbers. */
    static AgreedUsage of(UsageRecord one, long onDay, long used, long extra) {
        return new AgreedUsage(
                one.planId(), one.keyId(), one.day(), onDay, one.periodBegin(), one.periodEnd(), used, extra);
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
