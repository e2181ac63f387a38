package dev.gatehouse.engine.limit;

import dev.gatehouse.engine.table.CompactTable;
import io.github.resilience4j.core.EventProcessor;
import io.github.resilience4j.core.EventPublisher;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.ratelimiter.event.RateLimiterEvent;
import io.github.resilience4j.ratelimiter.event.RateLimiterOnFailureEvent;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one home of everything that counts calls: buckets, and how much of their quotas keys have used. Thread-safe; a verdict waits
 * for nobody but other calls of the same key.
 *
 * <p>Rates run by a clock that only goes forward, quotas by the calendar in UTC.
 */
public final class Limits {

    /** Of that many clients each has a limiter of Resilience4j to itself, in 336 bytes; beyond it new ones do with 24. */
    private static final int CROWD = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Limits.class);
    private static final int MILLIS_OF_DAY = 86_400_000;

    private record Client(String planId, String keyId) {}

    private record Unwritten(String planId, String keyId, int day) {

        static Unwritten of(UsageRecord one) {
            return new Unwritten(one.planId(), one.keyId(), one.day());
        }
    }

    private final InstantSource clock;
    private final UsageJournal journal;
    private final Buckets buckets;
    private final CompactTable<Client, Meter> meters = new CompactTable<>(new CompactTable.Keying<>() {
        @Override
        public int hash(Meter meter) {
            return hashOf(meter.planId(), meter.keyId());
        }

        @Override
        public int hashOf(Client client) {
            return hashOf(client.planId(), client.keyId());
        }

        private static int hashOf(String planId, String keyId) {
            return 31 * planId.hashCode() + keyId.hashCode();
        }

        @Override
        public boolean has(Meter meter, Client client) {
            return meter.keyId().equals(client.keyId()) && meter.planId().equals(client.planId());
        }
    });
    private final Queue<UsageLedger> dirty = new ConcurrentLinkedQueue<>();
    private final Queue<UsageRecord> over = new ConcurrentLinkedQueue<>();
    private final Map<Unwritten, UsageRecord> unwritten = new LinkedHashMap<>();
    private final EventProcessor<RateLimiterEvent> events = new EventProcessor<>();
    private boolean failing;

    /**
     * @param journal what it holds goes on from there
     * @param nanoTime as {@link System#nanoTime}
     * @throws IOException where the journal cannot be read
     */
    public Limits(InstantSource clock, LongSupplier nanoTime, UsageJournal journal) throws IOException {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.journal = Objects.requireNonNull(journal, "journal");
        this.buckets = new Buckets(nanoTime, () -> meters.size() > CROWD);
        journal.load(today(), kept -> meter(kept.planId(), kept.keyId()).restore(kept));
    }

    // ---- calls

    /**
     * Counts a call, unless a limit refuses it; a refused call is not counted anywhere.
     *
     * @param claim null for a call that belongs to no plan
     * @param shared limits for all clients together, in the order in which they are to refuse
     */
    public Verdict admit(Claim claim, List<Limit> shared) {
        return heard(claim, shared, admit(claim, shared, Share.WHOLE));
    }

    /** As {@link #admit(Claim, List)}, without an event. */
    Verdict admit(Claim claim, List<Limit> shared, Share share) {
        if (claim == null) {
            return admitAll(
                    share.nodes() == 1 ? shared : shared.stream().map(share::of).toList());
        }
        return share.nodes() == 1
                ? meter(claim, (meter, today) -> meter.admit(claim, shared, today, share, this))
                : meter(
                        claim,
                        (meter, today) -> meter.admit(
                                claim.share(share),
                                shared.stream().map(share::of).toList(),
                                today,
                                share,
                                this));
    }

    /** Counts a call of a client, whatever its limits. */
    Verdict count(Claim claim, Share share) {
        return meter(claim, (meter, today) -> meter.count(claim, today, share, this));
    }

    /** What this node knows of a client, before others are asked. */
    UsageLedger.Told tell(Claim claim) {
        return meter(claim, (meter, today) -> meter.tell(claim.quota(), today, this));
    }

    /** @param now null where nobody has answered */
    void learn(Claim claim, UsageLedger.Told told, SharedUsage now) {
        meter(claim.planId(), claim.keyId()).learn(told, now, this);
    }

    /** Has an event published for a call that is refused. */
    Verdict heard(Claim claim, List<Limit> shared, Verdict verdict) {
        if (!verdict.permitted() && events.hasConsumers()) {
            events.processEvent(new RateLimiterOnFailureEvent(name(verdict.refusedBy(), claim, shared), 1));
        }
        return verdict;
    }

    /** @param work gives null where the meter is gone: there is another one then */
    private <T> T meter(Claim claim, BiFunction<Meter, Integer, T> work) {
        int today = today();
        while (true) {
            T done = work.apply(meter(claim.planId(), claim.keyId()), today);
            if (done != null) {
                return done;
            }
        }
    }

    private static String name(Level refusedBy, Claim claim, List<Limit> shared) {
        for (Limit limit : shared) {
            if (limit.level() == refusedBy) {
                return limit.name();
            }
        }
        if (refusedBy == Level.UNREACHABLE) {
            return "cluster";
        }
        String client = "usage-plan/" + claim.planId() + "/key/" + claim.keyId();
        return switch (refusedBy) {
            case QUOTA -> client + "/quota";
            case CLIENT_METHOD -> client + "/" + claim.method().name();
            default -> client;
        };
    }

    private Verdict admitAll(List<Limit> shared) {
        if (shared.size() > 1) {
            for (Limit limit : shared) {
                Admission there = buckets.shared(limit).look();
                if (!there.permitted()) {
                    return new Verdict(limit.level(), limit.rate(), there.retryAfter(), Standing.NONE);
                }
            }
        }
        for (Limit limit : shared) {
            Admission admission = buckets.shared(limit).take();
            if (!admission.permitted()) {
                return new Verdict(limit.level(), limit.rate(), admission.retryAfter(), Standing.NONE);
            }
        }
        return Verdict.admitted(Standing.NONE);
    }

    private Meter meter(String planId, String keyId) {
        return meters.computeIfAbsent(new Client(planId, keyId), () -> new Meter(planId, keyId));
    }

    Buckets buckets() {
        return buckets;
    }

    // ---- usage

    /**
     * What keys used of a plan on each day: {@code [used, remaining]} pairs. It is what GetUsage tells, and tells calls of this very
     * moment. Days without a call have what was left then.
     *
     * @param quota of the plan now; null for none
     * @param from first day, counted from 1970-01-01
     * @param to last day, not before the first
     * @throws IOException where the journal cannot be read
     */
    public Map<String, List<long[]>> usage(String planId, Quota quota, Set<String> keyIds, int from, int to)
            throws IOException {
        return usage(planId, quota, keyIds, from, to, List.of());
    }

    /** @param elsewhere what others know: they are right where they know a day */
    Map<String, List<long[]>> usage(
            String planId, Quota quota, Set<String> keyIds, int from, int to, List<UsageRecord> elsewhere)
            throws IOException {
        flush();
        int today = today();
        Map<String, Map<Integer, UsageRecord>> known = new HashMap<>();
        // a period may have begun before the first day that is asked for
        for (UsageRecord one : journal.history(planId, keyIds, from - 31, to)) {
            known.computeIfAbsent(one.keyId(), key -> new HashMap<>()).put(one.day(), one);
        }
        Map<String, List<long[]>> usage = new HashMap<>();
        for (String keyId : keyIds) {
            Map<Integer, UsageRecord> days = known.computeIfAbsent(keyId, key -> new HashMap<>());
            Meter meter = meters.get(new Client(planId, keyId));
            if (meter != null) {
                UsageRecord now = meter.now(today, quota, this);
                // others may have counted, too, and be ahead of what is known here
                days.merge(now.day(), now, (kept, here) -> kept.usedOnDay() > here.usedOnDay() ? kept : here);
            }
            elsewhere.stream().filter(one -> one.keyId().equals(keyId)).forEach(one -> days.put(one.day(), one));
            usage.put(keyId, pairs(days, quota, from, to));
        }
        return usage;
    }

    private static List<long[]> pairs(Map<Integer, UsageRecord> days, Quota quota, int from, int to) {
        List<long[]> pairs = new ArrayList<>();
        long left = quota == null ? Long.MAX_VALUE : quota.limit();
        int periodEnd = 0;
        for (int day = from - 31; day <= to; day++) {
            if (quota != null && day >= periodEnd) {
                left = quota.limit();
                periodEnd = quota.window(day).end();
            }
            UsageRecord one = days.get(day);
            left = one == null ? left : one.remaining();
            if (day >= from) {
                pairs.add(new long[] {one == null ? 0 : one.usedOnDay(), left});
            }
        }
        return pairs;
    }

    /**
     * Changes what is left of a key's quota in this period.
     *
     * @param quota of the plan
     * @param remaining 0 or more
     */
    public void grant(String planId, String keyId, Quota quota, long remaining) {
        if (meter(planId, keyId).settle(quota, today(), this)) {
            flush();
        }
        while (!meter(planId, keyId).grant(remaining, quota, today(), this)) {
            Thread.onSpinWait();
        }
    }

    // ---- what Resilience4j shows

    /** The limiters of methods and of the account, by name; they come with the first call and go while they are full. */
    public RateLimiterRegistry registry() {
        return buckets.registry();
    }

    /**
     * A {@link RateLimiterOnFailureEvent} for each call that a limit refuses. The name tells which one: that of a limiter in the
     * registry, or {@code usage-plan/{id}/key/{id}} with nothing behind it, {@code /quota}, or the method.
     */
    public EventPublisher<RateLimiterEvent> events() {
        return events;
    }

    // ---- housekeeping

    void changed(UsageLedger ledger) {
        dirty.add(ledger);
    }

    void over(UsageRecord record) {
        over.add(record);
    }

    /** Hands what has changed to the journal. One call at a time; what cannot be written is tried again by the next. */
    public synchronized void flush() {
        for (UsageRecord one = over.poll(); one != null; one = over.poll()) {
            unwritten.put(Unwritten.of(one), one);
        }
        for (UsageLedger ledger = dirty.poll(); ledger != null; ledger = dirty.poll()) {
            UsageRecord now = ledger.flushed();
            unwritten.put(Unwritten.of(now), now);
        }
        if (unwritten.isEmpty()) {
            return;
        }
        try {
            journal.append(unwritten.values(), this::learn);
            unwritten.clear();
            if (journal.wantsRewrite()) {
                int today = today();
                List<Meter> ofToday = new ArrayList<>();
                meters.forEach(meter -> {
                    if (meter.day() == today) {
                        ofToday.add(meter);
                    }
                });
                journal.rewrite(today, ofToday.stream().map(Meter::flushed));
            }
            if (failing) {
                failing = false;
                LOG.info("Usage data is kept again");
            }
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                failing = true;
                LOG.error("Usage data cannot be kept, and would be lost with this process; trying on", e);
            }
        }
    }

    private void learn(CountedElsewhere elsewhere) {
        Meter meter = meters.get(new Client(elsewhere.planId(), elsewhere.keyId()));
        if (meter != null) {
            meter.add(elsewhere);
        }
    }

    /** Lets go of what nobody would miss: full buckets, and keys without a call since yesterday whose period is over. */
    public void sweep() {
        int today = today();
        buckets.sweep();
        meters.forEach(meter -> {
            if (meter.release(today)) {
                meters.remove(meter);
            }
        });
    }

    /** How many keys are being counted. */
    int size() {
        return meters.size();
    }

    int today() {
        return (int) Math.floorDiv(clock.millis(), MILLIS_OF_DAY);
    }
}
