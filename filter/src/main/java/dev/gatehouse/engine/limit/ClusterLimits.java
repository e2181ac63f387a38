package dev.gatehouse.engine.limit;

import dev.gatehouse.engine.limit.SharedCounters.Draw;
import dev.gatehouse.engine.limit.SharedCounters.Drawn;
import dev.gatehouse.engine.limit.SharedCounters.Kept;
import dev.gatehouse.engine.limit.SharedCounters.Order;
import dev.gatehouse.engine.limit.SharedCounters.Receipt;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about calls together with other nodes, on the terms of their plans, and about how they are decided while the others cannot
 * be reached. Thread-safe; nobody waits in here, but for a timeout at most.
 *
 * <p>A node goes on counting for itself what all have counted. So the share that it has when nobody answers is one of what was left, and
 * what the common place has lost it learns again, key by key.
 */
public final class ClusterLimits implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterLimits.class);
    private static final int BEAT_MILLIS = 500;
    private static final Duration CONTROL_TIMEOUT = Duration.ofSeconds(5);

    private final Limits limits;
    private final SharedCounters counters;
    private final ClusterSettings settings;
    private final String nodeId;
    private final CircuitBreaker breaker;
    private final ExecutorService answers;
    private final ScheduledExecutorService beats;
    private final Map<String, Pouch> pouches = new ConcurrentHashMap<>();

    private final LongAdder outages = new LongAdder();
    private final LongAdder asked = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder leased = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder allowed = new LongAdder();
    private final LongAdder shared = new LongAdder();
    private volatile int counted = 1;

    /**
     * @param limits of this node
     * @param counters null where every node has its share and their number is declared; closed with this
     * @param nodeId no other node's
     */
    public ClusterLimits(Limits limits, SharedCounters counters, ClusterSettings settings, String nodeId) {
        if (counters == null && (settings.terms().sharing() != Sharing.LOCAL || settings.nodes() == 0)) {
            throw new IllegalArgumentException("nodes that count together, or are counted, need a place for it");
        }
        this.limits = Objects.requireNonNull(limits, "limits");
        this.counters = counters;
        this.settings = settings;
        this.nodeId = nodeId;
        this.breaker = CircuitBreaker.of(
                "cluster",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(5)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(Duration.ofSeconds(5))
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .build());
        breaker.getEventPublisher().onStateTransition(this::tell);
        this.answers = counters == null
                ? null
                : Executors.newFixedThreadPool(
                        Math.max(2, Runtime.getRuntime().availableProcessors()), threads("gatehouse-cluster-"));
        this.beats = counters == null
                ? null
                : Executors.newSingleThreadScheduledExecutor(threads("gatehouse-cluster-beat-"));
        if (beats != null) {
            beats.scheduleWithFixedDelay(this::beat, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
            long sweep = Math.max(10, settings.leaseTime().toMillis() / 2);
            beats.scheduleWithFixedDelay(() -> sweep(false), sweep, sweep, TimeUnit.MILLISECONDS);
        }
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    // ---- calls

    /**
     * Counts a call, unless a limit refuses it; a refused call is not counted anywhere.
     *
     * @param claim null for a call that belongs to no plan
     * @param common limits for all clients together, in the order in which they are to refuse
     * @return the verdict, there already where nobody had to be asked; else it comes on a thread that may be used. Never fails
     */
    public CompletableFuture<Verdict> admit(Claim claim, List<Limit> common) {
        Terms own = claim == null || claim.terms() == null ? settings.terms() : claim.terms();
        CompletableFuture<Verdict> verdict;
        if (claim == null && common.isEmpty()) {
            verdict = CompletableFuture.completedFuture(Verdict.admitted(Standing.NONE));
        } else if (claim == null
                || common.isEmpty()
                || own.sharing() == settings.terms().sharing()) {
            verdict = decide(new Call(own, claim, common));
        } else {
            verdict = decideInTwo(new Call(own, claim, List.of()), new Call(settings.terms(), null, common));
        }
        return verdict.isDone()
                ? CompletableFuture.completedFuture(limits.heard(claim, common, verdict.join()))
                : verdict.thenApply(later -> limits.heard(claim, common, later));
    }

    /** What is decided as one. */
    private record Call(Terms terms, Claim claim, List<Limit> common) {

        List<Limit> all() {
            if (claim == null) {
                return common;
            }
            List<Limit> all = new ArrayList<>(claim.own());
            all.addAll(common);
            return all;
        }
    }

    /**
     * The plan and the rest count on different terms. What is counted elsewhere comes first, because it can be given back: no bucket of
     * this node can.
     */
    private CompletableFuture<Verdict> decideInTwo(Call plan, Call rest) {
        boolean planFirst = plan.terms.sharing() == Sharing.EXACT || rest.terms.sharing() == Sharing.LOCAL;
        Call first = planFirst ? plan : rest;
        Call second = planFirst ? rest : plan;
        return decide(first)
                .thenCompose(one -> one.permitted()
                        ? decide(second).thenApply(two -> {
                            if (!two.permitted()) {
                                undo(first);
                            }
                            return two.with(planFirst ? one.standing() : two.standing());
                        })
                        : CompletableFuture.completedFuture(one));
    }

    private CompletableFuture<Verdict> decide(Call call) {
        if (call.terms.sharing() == Sharing.LOCAL) {
            return CompletableFuture.completedFuture(alone(call, new Share(nodes(), false)));
        }
        if (call.terms.sharing() == Sharing.LEASED) {
            Verdict known = fromPouches(call);
            if (known != null) {
                return CompletableFuture.completedFuture(known);
            }
        }
        return ask(call);
    }

    /** As this node alone would, with its share; what is refused is told with the limit that all have together. */
    private Verdict alone(Call call, Share share) {
        Verdict verdict = limits.admit(call.claim, call.common, share);
        for (Limit limit : call.all()) {
            if (limit.level() == verdict.refusedBy()) {
                return new Verdict(limit.level(), limit.rate(), verdict.retryAfter(), verdict.standing());
            }
        }
        return verdict;
    }

    private int nodes() {
        return settings.nodes() > 0 ? settings.nodes() : counted;
    }

    // ---- asking

    private CompletableFuture<Verdict> ask(Call call) {
        if (!breaker.tryAcquirePermission()) {
            return CompletableFuture.completedFuture(unanswered(call));
        }
        long started = System.nanoTime();
        asked.increment();
        Meter.Told told = call.claim == null ? null : limits.tell(call.claim);
        Order order = order(call, told);
        CompletableFuture<Receipt> receipt = counters.count(order).toCompletableFuture();
        if (receipt.isDone()) {
            return CompletableFuture.completedFuture(
                    receipt.handle((there, failure) -> settle(call, order, told, started, there, failure))
                            .join());
        }
        return receipt.thenApply(there -> there)
                .orTimeout(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)
                .handleAsync((there, failure) -> settle(call, order, told, started, there, failure), answers);
    }

    private Order order(Call call, Meter.Told told) {
        boolean lease = call.terms.sharing() == Sharing.LEASED;
        long now = System.nanoTime();
        List<Draw> draws = new ArrayList<>();
        for (Limit limit : call.all()) {
            String name = CounterNames.bucket(call.claim, limit);
            draws.add(new Draw(name, limit, lease ? wanted(name, limit.rate(), now) : 0));
        }
        if (call.claim == null) {
            return new Order(null, null, 0, 0, draws, nodes());
        }
        int calls = lease ? wanted(quotaName(call.claim), quota(call.claim), now) : 0;
        return new Order(call.claim, told.known(), told.pending(), calls, draws, nodes());
    }

    private int wanted(String name, Object limit, long now) {
        return pouch(name).mayBeFilled(limit, now) ? settings.leaseCalls() : 0;
    }

    private Verdict settle(Call call, Order order, Meter.Told told, long started, Receipt receipt, Throwable failure) {
        long took = System.nanoTime() - started;
        if (receipt == null) {
            breaker.onError(took, TimeUnit.NANOSECONDS, failure);
            failed.increment();
            LOG.debug("{} did not answer", counters, failure);
            if (told != null) {
                limits.learn(call.claim, told, null);
            }
            notFilled(order);
            return unanswered(call);
        }
        breaker.onSuccess(took, TimeUnit.NANOSECONDS);
        if (told != null) {
            limits.learn(call.claim, told, receipt.usage());
        }
        if (call.terms.sharing() == Sharing.LEASED) {
            fill(call, order, receipt);
        }
        Standing standing = standing(call, receipt);
        if (receipt.refusedBy() == null) {
            return Verdict.admitted(standing);
        }
        Rate rate = call.all().stream()
                .filter(limit -> limit.level() == receipt.refusedBy())
                .findFirst()
                .map(Limit::rate)
                .orElse(null);
        return new Verdict(receipt.refusedBy(), rate, receipt.retryAfter(), standing);
    }

    private static Standing standing(Call call, Receipt receipt) {
        if (call.claim == null) {
            return Standing.NONE;
        }
        long tokens = 0;
        int own = call.claim.own().size();
        for (int i = 0; i < own; i++) {
            Drawn drawn = receipt.drawn().get(i);
            tokens = i == 0 ? drawn.left() : Math.min(tokens, drawn.left());
        }
        return standing(call.claim, tokens, receipt.usage(), receipt.quotaSpare());
    }

    private static Standing standing(Claim claim, long tokens, SharedUsage usage, long spare) {
        Quota quota = claim.quota();
        return quota == null
                ? Standing.of(claim, tokens, null, Long.MAX_VALUE, 0)
                : Standing.of(claim, tokens, quota, left(quota, usage) + spare, usage.periodEnd());
    }

    private static long left(Quota quota, SharedUsage usage) {
        return quota == null ? Long.MAX_VALUE : Math.max(0, quota.limit() + usage.extra() - usage.used());
    }

    /** Gives back what a call has been counted for that was refused after all. */
    private void undo(Call call) {
        boolean counted = call.terms.sharing() != Sharing.LOCAL;
        if (!counted || breaker.getState() != State.CLOSED) {
            return;
        }
        for (Limit limit : call.all()) {
            counters.giveBack(CounterNames.bucket(call.claim, limit), limit.rate(), 1);
        }
        if (call.claim != null) {
            Meter.Told told = limits.tell(call.claim);
            limits.learn(call.claim, told, null);
            counters.giveBack(call.claim.planId(), call.claim.keyId(), told.known(), 1);
        }
    }

    // ---- while nobody answers

    private Verdict unanswered(Call call) {
        switch (call.terms.fallback()) {
            case REFUSE:
                refused.increment();
                return new Verdict(Level.UNREACHABLE, null, settings.timeout(), Standing.NONE);
            case ALLOW:
                allowed.increment();
                return call.claim == null
                        ? Verdict.admitted(Standing.NONE)
                        : limits.count(call.claim, new Share(nodes(), true));
            default:
                shared.increment();
                return alone(call, new Share(nodes(), true));
        }
    }

    private void tell(CircuitBreakerOnStateTransitionEvent event) {
        State from = event.getStateTransition().getFromState();
        State to = event.getStateTransition().getToState();
        if (from == State.CLOSED && to == State.OPEN) {
            outages.increment();
            LOG.error(
                    "{} does not answer within {} ms: until it does, calls are treated as their plans say, by default {}",
                    counters,
                    settings.timeout().toMillis(),
                    settings.terms().fallback());
        } else if (to == State.CLOSED) {
            LOG.info("{} answers again", counters);
        }
    }

    // ---- what is there in advance

    /** @return null where nobody knows without asking */
    private Verdict fromPouches(Call call) {
        long now = System.nanoTime();
        Claim claim = call.claim;
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
        leased.increment();
        if (claim == null) {
            return Verdict.admitted(Standing.NONE);
        }
        long tokens = ofLimits.subList(0, claim.own().size()).stream()
                .mapToLong(Pouch::remaining)
                .min()
                .orElse(0);
        return Verdict.admitted(standing(claim, tokens, quota));
    }

    private Verdict refusal(Call call, Level level, Rate rate, Duration wait, Pouch quota) {
        return new Verdict(level, rate, wait, quota == null ? Standing.NONE : standing(call.claim, 0, quota));
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

    /** For which quota calls are there in advance; without one they are counted all the same. */
    private static Object quota(Claim claim) {
        return claim.quota() == null ? "" : claim.quota();
    }

    private Pouch pouch(String name) {
        Pouch pouch = pouches.get(name);
        return pouch != null ? pouch : pouches.computeIfAbsent(name, absent -> new Pouch());
    }

    private static String quotaName(Claim claim) {
        return "quota/" + CounterNames.usage(claim.planId(), claim.keyId());
    }

    private void notFilled(Order order) {
        if (order.quotaSpare() > 0) {
            pouch(quotaName(order.claim())).notFilled();
        }
        order.draws().stream()
                .filter(draw -> draw.spare() > 0)
                .forEach(draw -> pouch(draw.bucket()).notFilled());
    }

    private void fill(Call call, Order order, Receipt receipt) {
        long now = System.nanoTime();
        long until = now + settings.leaseTime().toNanos();
        for (int i = 0; i < order.draws().size(); i++) {
            Draw draw = order.draws().get(i);
            Drawn drawn = receipt.drawn().get(i);
            Rate rate = draw.limit().rate();
            Pouch pouch = pouch(draw.bucket());
            if (draw.spare() > 0) {
                pouch.fill(
                        rate,
                        drawn.spare(),
                        drawn.left(),
                        null,
                        until,
                        units -> counters.giveBack(draw.bucket(), rate, units));
            }
            if (receipt.refusedBy() == draw.limit().level()) {
                pouch.isDry(
                        rate,
                        null,
                        now
                                + Math.min(
                                        nanos(receipt.retryAfter()),
                                        settings.leaseTime().toNanos()));
            }
        }
        if (call.claim != null) {
            Claim claim = call.claim;
            SharedUsage usage = receipt.usage();
            Pouch pouch = pouch(quotaName(claim));
            if (order.quotaSpare() > 0) {
                pouch.fill(
                        quota(claim),
                        receipt.quotaSpare(),
                        left(claim.quota(), usage),
                        usage,
                        until,
                        units -> counters.giveBack(claim.planId(), claim.keyId(), usage, units));
            }
            if (receipt.refusedBy() == Level.QUOTA) {
                pouch.isDry(quota(claim), usage, until);
            }
        }
    }

    private static long nanos(Duration time) {
        return time.compareTo(Admission.NEVER) >= 0 ? Long.MAX_VALUE : time.toNanos();
    }

    /** Gives back what nobody has used in time. */
    private void sweep(boolean all) {
        long now = System.nanoTime();
        pouches.forEach((name, pouch) -> {
            if (pouch.expire(now, all)) {
                pouches.remove(name, pouch);
            }
        });
    }

    // ---- usage

    /** As {@link Limits#usage}, with what all nodes have counted. */
    public Map<String, List<long[]>> usage(
            String planId, Terms terms, Quota quota, Set<String> keyIds, int from, int to) throws IOException {
        if (sharing(terms) == Sharing.LOCAL) {
            return limits.usage(planId, quota, keyIds, from, to);
        }
        int today = limits.today();
        List<UsageRecord> elsewhere = new ArrayList<>();
        wait(counters.usage(planId, keyIds))
                .forEach((keyId, kept) -> kept.days()
                        .forEach((day, pair) -> elsewhere.add(record(planId, keyId, quota, kept, day, pair, today))));
        return limits.usage(planId, quota, keyIds, from, to, elsewhere);
    }

    /** What was left on a day stays as it was then; today it follows from the plan as it is now. */
    private static UsageRecord record(
            String planId, String keyId, Quota quota, Kept kept, int day, long[] pair, int today) {
        SharedUsage usage = kept.usage();
        boolean now = quota != null && day == today && usage.periodBegin() <= day && day < usage.periodEnd();
        long remaining = quota == null ? Long.MAX_VALUE : now ? left(quota, usage) : pair[1];
        return new UsageRecord(
                planId, keyId, day, (int) Math.min(Integer.MAX_VALUE, pair[0]), remaining, 0, 0, 0, usage.extra());
    }

    /** As {@link Limits#grant}, for all nodes. */
    public void grant(String planId, String keyId, Terms terms, Quota quota, long remaining) throws IOException {
        if (sharing(terms) == Sharing.LOCAL) {
            limits.grant(planId, keyId, quota, remaining);
            return;
        }
        Claim claim = new Claim(planId, keyId, quota, null, null, terms);
        Meter.Told told = limits.tell(claim);
        SharedUsage now = null;
        try {
            now = wait(counters.grant(claim, told.known(), told.pending(), remaining));
        } finally {
            limits.learn(claim, told, now);
        }
    }

    private Sharing sharing(Terms terms) {
        return (terms == null ? settings.terms() : terms).sharing();
    }

    private <T> T wait(CompletionStage<T> stage) throws IOException {
        try {
            return stage.toCompletableFuture().get(CONTROL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(counters + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    // ---- what is told

    /**
     * Waits a little until the first calls can be answered in time: connections and classes take longer than a call may.
     *
     * @return whether they can; otherwise calls are treated as their plans say
     */
    public boolean awaitReady(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        int good = 0;
        while (counters != null && good < 3) {
            long started = System.nanoTime();
            try {
                counters.beat(nodeId)
                        .thenCompose(nodes -> counters.count(new Order(null, null, 0, 0, List.of(), 1)))
                        .toCompletableFuture()
                        .get(Math.max(1, deadline - started), TimeUnit.NANOSECONDS);
                good = System.nanoTime() - started < settings.timeout().toNanos() ? good + 1 : 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("{} cannot be reached: calls are treated as their plans say until it can", counters);
                return false;
            }
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
        }
        return true;
    }

    public ClusterStatus status() {
        return new ClusterStatus(
                nodes(),
                breaker.getState() == State.CLOSED,
                outages.sum(),
                asked.sum(),
                failed.sum(),
                leased.sum(),
                refused.sum(),
                allowed.sum(),
                shared.sum());
    }

    /** Resilience4j's circuit breaker that keeps calls from waiting, with its events and metrics. */
    public CircuitBreaker circuitBreaker() {
        return breaker;
    }

    /**
     * How many calls all nodes together may let pass beyond a throttle, at once, where they lease: those that they had in advance. Of a
     * quota no call passes beyond it.
     */
    public long maximumOvershoot() {
        return (long) settings.leaseCalls() * nodes();
    }

    /** How this node counts, in a sentence for the log. */
    @Override
    public String toString() {
        String nodes = settings.nodes() > 0 ? settings.nodes() + " nodes" : "as many nodes as there are";
        Sharing sharing = settings.terms().sharing();
        return counters == null
                ? "Calls are counted by " + nodes + ", each with its share of every limit"
                : "Calls are counted by " + nodes + " through " + counters + ", " + sharing + " unless their plan says"
                        + " otherwise; leased plans let pass at most " + settings.leaseCalls()
                        + " calls for each node beyond a throttle, which makes " + maximumOvershoot() + " now, and none"
                        + " beyond a quota";
    }

    // ---- nodes

    private void beat() {
        long started = System.nanoTime();
        try {
            int nodes = counters.beat(nodeId)
                    .toCompletableFuture()
                    .get(Math.max(1000, settings.timeout().toMillis()), TimeUnit.MILLISECONDS);
            if (nodes != counted && settings.nodes() == 0) {
                LOG.info("{} nodes count together through {}", nodes, counters);
            }
            counted = Math.max(1, nodes);
            if (breaker.getState() != State.CLOSED
                    && System.nanoTime() - started < settings.timeout().toNanos()) {
                breaker.transitionToClosedState();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("{} does not hear that this node lives", counters, e);
        }
    }

    /** Gives back what there is in advance, and leaves the cluster. */
    @Override
    public void close() {
        if (counters == null) {
            return;
        }
        beats.shutdownNow();
        sweep(true);
        counters.leave(nodeId);
        answers.shutdown();
        counters.close();
    }
}
