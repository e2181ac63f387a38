package dev.gatehouse.engine.limit;

/**
 * What one key has used of one plan: of its quota in this period, and on this day. Nodes of a cluster that count together go by it, too.
 * Guarded by its own lock, which also guards what a {@link Meter} adds: one object instead of two, as there may be a million.
 */
abstract class UsageLedger {

    private final String planId;
    private final String keyId;

    private Quota quota;
    private int periodBegin;
    private int periodEnd;
    private int used;
    private long extra;

    /** Null while nobody else counts. */
    private Others others;

    private int day;
    private int usedOnDay;

    private boolean dirty;

    /** Whether there is another one in its place. */
    boolean gone;

    /** What concerns other nodes that count. */
    private static final class Others {
        /** Calls among those that are used which were not made after all. */
        int returned;

        /** How often more was granted in this period, or less. */
        int grants;

        /** Calls of the period beyond those that are used, of which other nodes have not been told. */
        int pending;

        /** And of which they are being told. */
        int flying;
    }

    UsageLedger(String planId, String keyId) {
        this.planId = planId;
        this.keyId = keyId;
    }

    final String planId() {
        return planId;
    }

    final String keyId() {
        return keyId;
    }

    // ---- calls

    /** Counts a call; to be called after {@link #begin}. */
    final void count(Share share, Limits limits) {
        if (share.meanwhile()) {
            others().pending++;
        } else if (quota != null && used < Integer.MAX_VALUE) {
            used++;
        }
        if (usedOnDay < Integer.MAX_VALUE) {
            usedOnDay++;
        }
        touch(limits);
    }

    private void touch(Limits limits) {
        if (!dirty) {
            dirty = true;
            limits.changed(this);
        }
    }

    // ---- periods

    private long allowed() {
        return quota.limit() + extra;
    }

    private long remaining() {
        return quota == null ? Long.MAX_VALUE : Math.max(0, allowed() - total());
    }

    /** What this node may still let pass. */
    final long left(Share share) {
        return share.meanwhile()
                ? Math.floorDiv(allowed() - total() + untold(), share.nodes()) - untold()
                : share.of(quota.limit()) + extra - total();
    }

    private long total() {
        return others == null ? used : (long) used - others.returned + untold();
    }

    private int untold() {
        return others == null ? 0 : others.pending + others.flying;
    }

    private Others others() {
        if (others == null) {
            others = new Others();
        }
        return others;
    }

    /** Has the right day and period begun. */
    final void begin(int today, Quota now, Limits limits) {
        if (today != day && !isJustBehind(today, day)) {
            if (dirty) {
                limits.over(record());
            }
            day = today;
            usedOnDay = 0;
        }
        if (now != quota || today < periodBegin || today >= periodEnd) {
            beginPeriod(today, now);
        }
    }

    /**
     * A clock that is put back a little does not begin a period anew that was over, and one that is put back further takes along what
     * has been used: no jump gives anything back, but the one into a period that has not begun yet.
     */
    private void beginPeriod(int today, Quota now) {
        boolean over = quotaKnown() && today >= periodEnd;
        boolean sameWindows = now != null && (quota == null || now.sameWindows(quota));
        quota = now;
        if (now == null) {
            forget();
            periodBegin = 0;
            periodEnd = Integer.MAX_VALUE;
            return;
        }
        if (over) {
            forget();
        }
        if (!(sameWindows && isJustBehind(today, periodBegin))) {
            Quota.Window window = now.window(today);
            periodBegin = window.begin();
            periodEnd = window.end();
        }
    }

    private void forget() {
        used = 0;
        extra = 0;
        if (others != null) {
            others.returned = 0;
            others.grants = 0;
            others.pending = 0;
        }
    }

    private boolean quotaKnown() {
        return periodEnd != 0 && periodEnd != Integer.MAX_VALUE;
    }

    private static boolean isJustBehind(int today, int reference) {
        return today == reference - 1;
    }

    /** Of which quota this is; null for none. To be called after {@link #begin}. */
    final Quota quota() {
        return quota;
    }

    /** First day that does not belong to the period; 0 without quota. */
    final int periodEnd() {
        return quota == null ? 0 : periodEnd;
    }

    /** Whether nobody would miss it: the journal and other nodes know all, its period is over, and there was no call since yesterday. */
    final boolean isOver(int today) {
        boolean periodOver = !quotaKnown() || periodEnd < today;
        return !dirty && untold() == 0 && periodOver && day < today - 1;
    }

    // ---- what other nodes count, too

    /** What is known of what all nodes have counted; what they do not know yet is taken along, to be told to them. */
    final synchronized Told tell(Quota current, int today, Limits limits) {
        if (gone) {
            return null;
        }
        begin(today, current, limits);
        int told = others().pending;
        others.flying += told;
        others.pending = 0;
        return new Told(known(), told);
    }

    private SharedUsage known() {
        return new SharedUsage(
                quota == null ? 0 : periodBegin,
                quota == null ? 0 : periodEnd,
                used,
                others().returned,
                extra,
                others.grants,
                day,
                Math.max(0, usedOnDay - untold()));
    }

    /**
     * @param known nothing that was told later
     * @param pending calls that are told now
     */
    record Told(SharedUsage known, int pending) {}

    /**
     * What became of it.
     *
     * @param now null where nobody has answered
     */
    final synchronized void learn(Told told, SharedUsage now, Limits limits) {
        others().flying -= told.pending();
        boolean samePeriod = quota == null || told.known().periodBegin() == periodBegin;
        if (now == null) {
            others.pending += samePeriod ? told.pending() : 0;
            return;
        }
        if (quota != null && now.periodBegin() >= periodBegin) {
            boolean next = now.periodBegin() > periodBegin;
            if (next || now.grants() >= others.grants) {
                extra = now.extra();
                others.grants = (int) now.grants();
            }
            if (!now.isBefore(known())) {
                countDay(now, limits);
            }
            used = whole(next ? now.counted() : Math.max(used, now.counted()));
            others.returned = whole(next ? now.returned() : Math.max(others.returned, now.returned()));
            periodBegin = now.periodBegin();
            periodEnd = now.periodEnd();
        } else if (quota == null && now.usedOnDay() >= known().usedOnDay()) {
            countDay(now, limits);
        }
        touch(limits);
    }

    private void countDay(SharedUsage now, Limits limits) {
        if (now.day() > day && dirty) {
            limits.over(record());
        }
        if (now.day() >= day) {
            day = now.day();
            usedOnDay = whole(now.usedOnDay() + untold());
        }
    }

    private static int whole(long calls) {
        return (int) Math.min(Integer.MAX_VALUE, calls);
    }

    // ---- what is kept

    /** How it is now. */
    final synchronized UsageRecord now(int today, Quota current, Limits limits) {
        begin(today, current, limits);
        return record();
    }

    /** How it is now, for a journal: changes from here on are new ones. */
    final synchronized UsageRecord flushed() {
        dirty = false;
        return record();
    }

    /** How it was left by the last call. */
    final synchronized UsageRecord kept() {
        return record();
    }

    final synchronized void restore(UsageRecord kept) {
        day = kept.day();
        usedOnDay = kept.usedOnDay();
        periodBegin = kept.periodBegin();
        periodEnd = kept.periodEnd();
        used = kept.used();
        extra = kept.extra();
    }

    /** Takes over what others have counted, where it is of this day and this period. */
    final synchronized void add(CountedElsewhere elsewhere) {
        if (day == elsewhere.day()) {
            usedOnDay = (int) Math.min(Integer.MAX_VALUE, (long) usedOnDay + elsewhere.onDay());
        }
        if (quotaKnown() && periodBegin == elsewhere.periodBegin()) {
            used = (int) Math.min(Integer.MAX_VALUE, (long) used + elsewhere.inPeriod());
            extra += elsewhere.extra();
        }
    }

    /**
     * Has the journal asked what others have counted: what is left is set for all together.
     *
     * @return false where the meter is gone
     */
    final synchronized boolean settle(Quota current, int today, Limits limits) {
        if (!gone) {
            begin(today, current, limits);
            touch(limits);
        }
        return !gone;
    }

    /** Changes what is left of the period. */
    final synchronized boolean grant(long remaining, Quota current, int today, Limits limits) {
        if (gone) {
            return false;
        }
        begin(today, current, limits);
        extra = remaining + total() - current.limit();
        others().grants++;
        touch(limits);
        return true;
    }

    private UsageRecord record() {
        boolean counted = quotaKnown();
        return new UsageRecord(
                planId,
                keyId,
                day,
                usedOnDay,
                remaining(),
                counted ? periodBegin : 0,
                counted ? periodEnd : 0,
                counted ? whole(total()) : 0,
                extra);
    }

    final synchronized int day() {
        return day;
    }
}
