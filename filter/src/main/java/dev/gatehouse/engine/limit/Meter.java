package dev.gatehouse.engine.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one key has used of one plan. Everything about a call of it is decided under its lock: all limits are looked at first, and
 * taken from only if all of them permit, so that a refused call costs nothing.
 */
final class Meter {

    private final String planId;
    private final String keyId;

    private Quota quota;
    private int periodBegin;
    private int periodEnd;
    private int used;
    private long extra;

    private int day;
    private int usedOnDay;

    /** Null while it is full. */
    private Bucket client;

    /** Null while all of them are full. */
    private Map<String, Bucket> methods;

    private boolean dirty;
    private boolean gone;

    Meter(String planId, String keyId) {
        this.planId = planId;
        this.keyId = keyId;
    }

    String planId() {
        return planId;
    }

    String keyId() {
        return keyId;
    }

    // ---- calls

    /**
     * @param shared limits beyond those of the plan
     * @return null where the meter is gone: there is another one then
     */
    synchronized Verdict admit(Claim claim, List<Limit> shared, int today, Limits limits) {
        if (gone) {
            return null;
        }
        begin(today, claim.quota(), limits);
        if (quota != null && used >= allowed()) {
            return new Verdict(Level.QUOTA, null, Duration.ZERO, standing(claim, limits));
        }
        Limit refusedBy = null;
        Admission admission = null;
        List<Limit> own = own(claim);
        if (own.size() + shared.size() > 1) {
            for (Limit limit : own) {
                admission = ownBucket(limit, limits.buckets()).look();
                if (!admission.permitted()) {
                    return refused(limit, admission, claim, limits);
                }
            }
            for (Limit limit : shared) {
                admission = limits.buckets().shared(limit).look();
                if (!admission.permitted()) {
                    return refused(limit, admission, claim, limits);
                }
            }
        }
        // others take from shared buckets at the same time, so these come first
        for (Limit limit : shared) {
            admission = limits.buckets().shared(limit).take();
            if (!admission.permitted()) {
                return refused(limit, admission, claim, limits);
            }
        }
        long tokens = 0;
        for (Limit limit : own) {
            admission = ownBucket(limit, limits.buckets()).take();
            if (!admission.permitted()) {
                return refused(limit, admission, claim, limits);
            }
            tokens = limit == own.get(0) ? admission.remaining() : Math.min(tokens, admission.remaining());
        }
        count(limits);
        return Verdict.admitted(standing(claim, tokens));
    }

    private static List<Limit> own(Claim claim) {
        if (claim.method() == null) {
            return claim.client() == null ? List.of() : List.of(claim.client());
        }
        return claim.client() == null ? List.of(claim.method()) : List.of(claim.method(), claim.client());
    }

    private Verdict refused(Limit limit, Admission admission, Claim claim, Limits limits) {
        return new Verdict(limit.level(), limit.rate(), admission.retryAfter(), standing(claim, limits));
    }

    private void count(Limits limits) {
        if (quota != null && used < Integer.MAX_VALUE) {
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

    private Bucket ownBucket(Limit limit, Buckets buckets) {
        if (limit.level() == Level.CLIENT) {
            client = current(client, limit, buckets);
            return client;
        }
        if (methods == null) {
            methods = new HashMap<>(4);
        }
        Bucket bucket = current(methods.get(limit.name()), limit, buckets);
        methods.put(limit.name(), bucket);
        return bucket;
    }

    private static Bucket current(Bucket bucket, Limit limit, Buckets buckets) {
        if (bucket != null && bucket.rate().equals(limit.rate())) {
            return bucket;
        }
        Bucket fresh = buckets.own(limit.rate());
        if (bucket != null) {
            fresh.charge(bucket.taken());
        }
        return fresh;
    }

    private Standing standing(Claim claim, Limits limits) {
        long tokens = 0;
        boolean first = true;
        for (Limit limit : own(claim)) {
            long there = ownBucket(limit, limits.buckets()).look().remaining();
            tokens = first ? there : Math.min(tokens, there);
            first = false;
        }
        return standing(claim, tokens);
    }

    private Standing standing(Claim claim, long tokens) {
        Limit narrowest = claim.method() != null ? claim.method() : claim.client();
        return new Standing(
                narrowest == null ? null : narrowest.rate(), tokens, quota, remaining(), quota == null ? 0 : periodEnd);
    }

    // ---- periods

    private long allowed() {
        return quota.limit() + extra;
    }

    private long remaining() {
        return quota == null ? Long.MAX_VALUE : Math.max(0, allowed() - used);
    }

    /** Has the right day and period begun. */
    private void begin(int today, Quota now, Limits limits) {
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
            used = 0;
            extra = 0;
            periodBegin = 0;
            periodEnd = Integer.MAX_VALUE;
            return;
        }
        if (over) {
            used = 0;
            extra = 0;
        }
        if (!(sameWindows && isJustBehind(today, periodBegin))) {
            Quota.Window window = now.window(today);
            periodBegin = window.begin();
            periodEnd = window.end();
        }
    }

    private boolean quotaKnown() {
        return periodEnd != 0 && periodEnd != Integer.MAX_VALUE;
    }

    private static boolean isJustBehind(int today, int reference) {
        return today == reference - 1;
    }

    // ---- what is kept

    /** How it is now. */
    synchronized UsageRecord now(int today, Quota current, Limits limits) {
        begin(today, current, limits);
        return record();
    }

    /** How it is now, for a journal: changes from here on are new ones. */
    synchronized UsageRecord flushed() {
        dirty = false;
        return record();
    }

    /** How it was left by the last call. */
    synchronized UsageRecord kept() {
        return record();
    }

    synchronized void restore(UsageRecord kept) {
        day = kept.day();
        usedOnDay = kept.usedOnDay();
        periodBegin = kept.periodBegin();
        periodEnd = kept.periodEnd();
        used = kept.used();
        extra = kept.extra();
    }

    /** Changes what is left of the period. */
    synchronized boolean grant(long remaining, Quota current, int today, Limits limits) {
        if (gone) {
            return false;
        }
        begin(today, current, limits);
        extra = remaining + used - current.limit();
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
                counted ? used : 0,
                extra);
    }

    synchronized int day() {
        return day;
    }

    /**
     * Lets go of buckets that are full, as new ones would be.
     *
     * @return whether nothing is left that another meter would not know
     */
    synchronized boolean release(int today) {
        if (client != null && client.taken() == 0) {
            client = null;
        }
        if (methods != null) {
            new ArrayList<>(methods.entrySet())
                    .stream().filter(one -> one.getValue().taken() == 0).forEach(one -> methods.remove(one.getKey()));
            methods = methods.isEmpty() ? null : methods;
        }
        boolean periodOver = !quotaKnown() || periodEnd < today;
        gone = client == null && methods == null && !dirty && periodOver && day < today - 1;
        return gone;
    }
}
