package dev.gatehouse.engine.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides about the calls of one key in one plan, by what it has used and by its buckets. Everything about a call is decided under its lock:
 * all limits are looked at first, and taken from only if all of them permit, so that a refused call costs nothing.
 */
final class Meter extends UsageLedger {

    /** Null while it is full. */
    private Bucket client;

    /** Null while all of them are full. */
    private Map<String, Bucket> methods;

    Meter(String planId, String keyId) {
        super(planId, keyId);
    }

    // ---- calls

    /**
     * @param shared limits beyond those of the plan
     * @param share what this node has of the quota; of all rates it has been taken already
     * @return null where the meter is gone: there is another one then
     */
    synchronized Verdict admit(Claim claim, List<Limit> shared, int today, Share share, Limits limits) {
        if (gone) {
            return null;
        }
        begin(today, claim.quota(), limits);
        if (quota() != null && left(share) <= 0) {
            return new Verdict(Level.QUOTA, null, Duration.ZERO, standing(claim, share, limits));
        }
        Admission admission = null;
        List<Limit> own = claim.own();
        if (own.size() + shared.size() > 1) {
            for (Limit limit : own) {
                admission = ownBucket(limit, limits.buckets()).look();
                if (!admission.permitted()) {
                    return refused(limit, admission, claim, share, limits);
                }
            }
            for (Limit limit : shared) {
                admission = limits.buckets().shared(limit).look();
                if (!admission.permitted()) {
                    return refused(limit, admission, claim, share, limits);
                }
            }
        }
        // others take from shared buckets at the same time, so these come first
        for (Limit limit : shared) {
            admission = limits.buckets().shared(limit).take();
            if (!admission.permitted()) {
                return refused(limit, admission, claim, share, limits);
            }
        }
        long tokens = 0;
        for (Limit limit : own) {
            admission = ownBucket(limit, limits.buckets()).take();
            if (!admission.permitted()) {
                return refused(limit, admission, claim, share, limits);
            }
            tokens = limit == own.get(0) ? admission.remaining() : Math.min(tokens, admission.remaining());
        }
        count(share, limits);
        return Verdict.admitted(standing(claim, share, tokens));
    }

    /** Counts a call that no limit is asked about. */
    synchronized Verdict count(Claim claim, int today, Share share, Limits limits) {
        if (gone) {
            return null;
        }
        begin(today, claim.quota(), limits);
        count(share, limits);
        return Verdict.admitted(standing(claim, share, 0));
    }

    private Verdict refused(Limit limit, Admission admission, Claim claim, Share share, Limits limits) {
        return new Verdict(limit.level(), limit.rate(), admission.retryAfter(), standing(claim, share, limits));
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

    private Standing standing(Claim claim, Share share, Limits limits) {
        long tokens = 0;
        boolean first = true;
        for (Limit limit : claim.own()) {
            long there = ownBucket(limit, limits.buckets()).look().remaining();
            tokens = first ? there : Math.min(tokens, there);
            first = false;
        }
        return standing(claim, share, tokens);
    }

    private Standing standing(Claim claim, Share share, long tokens) {
        long remaining = quota() == null ? Long.MAX_VALUE : Math.max(0, left(share));
        return Standing.of(claim, tokens, quota(), remaining, periodEnd());
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
        gone = client == null && methods == null && isOver(today);
        return gone;
    }
}
