package dev.gatehouse.engine.limit;

import dev.gatehouse.engine.limit.SharedCounters.Draw;
import dev.gatehouse.engine.limit.SharedCounters.Drawn;
import dev.gatehouse.engine.limit.SharedCounters.Order;
import dev.gatehouse.engine.limit.SharedCounters.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a node has in advance of limits, so that it need not ask about each call. Thread-safe; waits for nobody. */
final class Advances {

    private final SharedCounters counters;
    private final ClusterSettings settings;
    private final Map<String, Pouch> pouches = new ConcurrentHashMap<>();
    private final LongAdder decided = new LongAdder();

    /** @param counters where it comes from, and goes back to */
    Advances(SharedCounters counters, ClusterSettings settings) {
        this.counters = counters;
        this.settings = settings;
    }

    /** How many calls have passed by what there was in advance. */
    long decided() {
        return decided.sum();
    }

    // ---- calls

    /** @return null where nobody knows without asking */
    Verdict decide(CountedCall call) {
        long now = System.nanoTime();
        Claim claim = call.claim();
        Pouch quota = claim == null ? null : pouch(quotaName(claim));
        if (quota != null && quota.dryFor(quota(claim), now) != null) {
            return refusal(call, Level.QUOTA, null, Duration.ZERO, quota);
        }
        List<Limit> all = call.all();
        List<Pouch> ofLimits = new ArrayList<>(all.size());
        for (Limit limit : all) {
            Pouch pouch = pouch(CounterNames.bucket(claim, limit));
            Duration dry = pouch.dryFor(limit.rate(), now);
            if (dry != null) {
                return refusal(call, limit.level(), limit.rate(), dry, quota);
            }
            ofLimits.add(pouch);
        }
        if (quota != null && !quota.take(quota(claim), now)) {
            return null;
        }
        for (int i = 0; i < all.size(); i++) {
            if (!ofLimits.get(i).take(all.get(i).rate(), now)) {
                ofLimits.subList(0, i).forEach(Pouch::putBack);
                if (quota != null) {
                    quota.putBack();
                }
                return null;
            }
        }
        decided.increment();
        if (claim == null) {
            return Verdict.admitted(Standing.NONE);
        }
        long tokens = ofLimits.subList(0, claim.own().size()).stream()
                .mapToLong(Pouch::remaining)
                .min()
                .orElse(0);
        return Verdict.admitted(standing(claim, tokens, quota));
    }

    private static Verdict refusal(CountedCall call, Level level, Rate rate, Duration wait, Pouch quota) {
        return new Verdict(level, rate, wait, quota == null ? Standing.NONE : standing(call.claim(), 0, quota));
    }

    private static Standing standing(Claim claim, long tokens, Pouch quota) {
        return claim.quota() == null
                ? Standing.of(claim, tokens, null, Long.MAX_VALUE, 0)
                : Standing.of(
                        claim,
                        tokens,
                        claim.quota(),
                        quota.remaining(),
                        quota.usage().periodEnd());
    }

    // ---- orders

    /** How many tokens beyond its own a call is to order. */
    int wantedOf(String bucket, Limit limit) {
        return wanted(bucket, limit.rate());
    }

    /** How many calls of its quota beyond its own a call is to order. */
    int wantedOfQuota(Claim claim) {
        return wanted(quotaName(claim), quota(claim));
    }

    private int wanted(String name, Object limit) {
        return pouch(name).mayBeFilled(limit, System.nanoTime()) ? settings.leaseCalls() : 0;
    }

    /** Nobody has answered. */
    void notFilled(Order order) {
        if (order.quotaSpare() > 0) {
            pouch(quotaName(order.claim())).notFilled();
        }
        order.draws().stream()
                .filter(draw -> draw.spare() > 0)
                .forEach(draw -> pouch(draw.bucket()).notFilled());
    }

    void fill(Order order, Receipt receipt) {
        long now = System.nanoTime();
        for (int i = 0; i < order.draws().size(); i++) {
            fill(order.draws().get(i), receipt.drawn().get(i), receipt, now);
        }
        if (order.claim() != null) {
            fillQuota(order, receipt, now);
        }
    }

    private void fill(Draw draw, Drawn drawn, Receipt receipt, long now) {
        Rate rate = draw.limit().rate();
        long leaseTime = settings.leaseTime().toNanos();
        Pouch pouch = pouch(draw.bucket());
        if (draw.spare() > 0) {
            pouch.fill(
                    rate,
                    drawn.spare(),
                    drawn.left(),
                    null,
                    now + leaseTime,
                    units -> counters.giveBack(draw.bucket(), rate, units));
        }
        if (receipt.refusedBy() == draw.limit().level()) {
            pouch.isDry(rate, null, now + Math.min(nanos(receipt.retryAfter()), leaseTime));
        }
    }

    private void fillQuota(Order order, Receipt receipt, long now) {
        Claim claim = order.claim();
        SharedUsage usage = receipt.usage();
        long until = now + settings.leaseTime().toNanos();
        Pouch pouch = pouch(quotaName(claim));
        if (order.quotaSpare() > 0) {
            pouch.fill(
                    quota(claim),
                    receipt.quotaSpare(),
                    usage.left(claim.quota()),
                    usage,
                    until,
                    units -> counters.giveBack(claim.planId(), claim.keyId(), usage, units));
        }
        if (receipt.refusedBy() == Level.QUOTA) {
            pouch.isDry(quota(claim), usage, until);
        }
    }

    private static long nanos(Duration time) {
        return time.compareTo(Admission.NEVER) >= 0 ? Long.MAX_VALUE : time.toNanos();
    }

    // ---- pouches

    /** For which quota calls are there in advance; without one they are counted all the same. */
    private static Object quota(Claim claim) {
        return claim.quota() == null ? "" : claim.quota();
    }

    private static String quotaName(Claim claim) {
        return "quota/" + CounterNames.usage(claim.planId(), claim.keyId());
    }

    private Pouch pouch(String name) {
        Pouch pouch = pouches.get(name);
        return pouch != null ? pouch : pouches.computeIfAbsent(name, absent -> new Pouch());
    }

    /** Gives back what nobody has used in time. */
    void sweep() {
        giveBack(false);
    }

    /** Gives back everything. */
    void giveBackAll() {
        giveBack(true);
    }

    private void giveBack(boolean all) {
        long now = System.nanoTime();
        pouches.forEach((name, pouch) -> {
            if (pouch.expire(now, all)) {
                pouches.remove(name, pouch);
            }
        });
    }
}
