package dev.gatehouse.engine.limit;

import dev.gatehouse.engine.limit.SharedCounters.Draw;
import dev.gatehouse.engine.limit.SharedCounters.Drawn;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
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

    private final Limits limits;
    private final SharedCounters counters;
    private final ClusterSettings settings;
    private final CircuitBreaker breaker;
    private final ExecutorService answers;
    private final ScheduledExecutorService beats;

    // these three are null where there are no counters
    private final Heartbeat heart;
    private final Advances advances;
    private final ClusterUsage usage;

    private final LongAdder outages = new LongAdder();
    private final LongAdder asked = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder allowed = new LongAdder();
    private final LongAdder shared = new LongAdder();

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
        if (counters == null) {
            this.answers = null;
            this.beats = null;
            this.heart = null;
            this.advances = null;
            this.usage = null;
            return;
        }
        this.answers = Executors.newFixedThreadPool(
                Math.max(2, Runtime.getRuntime().availableProcessors()), threads("gatehouse-cluster-"));
        this.beats = Executors.newSingleThreadScheduledExecutor(threads("gatehouse-cluster-beat-"));
        this.heart = new Heartbeat(counters, settings, nodeId, this::closeBreaker);
        this.advances = new Advances(counters, settings);
        this.usage = new ClusterUsage(limits, counters);
        heart.start(beats);
        long sweep = Math.max(10, settings.leaseTime().toMillis() / 2);
        beats.scheduleWithFixedDelay(advances::sweep, sweep, sweep, TimeUnit.MILLISECONDS);
    }

    /** There was an answer in time, so calls need not wait until they may try. */
    private void closeBreaker() {
        if (breaker.getState() != State.CLOSED) {
            breaker.transitionToClosedState();
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
            verdict = decide(new CountedCall(own, claim, common));
        } else {
            verdict = decideInTwo(
                    new CountedCall(own, claim, List.of()), new CountedCall(settings.terms(), null, common));
        }
        return verdict.isDone()
                ? CompletableFuture.completedFuture(limits.heard(claim, common, verdict.join()))
                : verdict.thenApply(later -> limits.heard(claim, common, later));
    }

    /**
     * The plan and the rest count on different terms. What is counted elsewhere comes first, because it can be given back: no bucket of
     * this node can.
     */
    private CompletableFuture<Verdict> decideInTwo(CountedCall plan, CountedCall rest) {
        boolean planFirst =
                plan.terms().sharing() == Sharing.EXACT || rest.terms().sharing() == Sharing.LOCAL;
        CountedCall first = planFirst ? plan : rest;
        CountedCall second = planFirst ? rest : plan;
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

    private CompletableFuture<Verdict> decide(CountedCall call) {
        if (call.terms().sharing() == Sharing.LOCAL) {
            return CompletableFuture.completedFuture(alone(call, new Share(nodes(), false)));
        }
        if (call.terms().sharing() == Sharing.LEASED) {
            Verdict known = advances.decide(call);
            if (known != null) {
                return CompletableFuture.completedFuture(known);
            }
        }
        return ask(call);
    }

    /** As this node alone would, with its share; what is refused is told with the limit that all have together. */
    private Verdict alone(CountedCall call, Share share) {
        Verdict verdict = limits.admit(call.claim(), call.common(), share);
        Limit limit = call.of(verdict.refusedBy());
        return limit == null
                ? verdict
                : new Verdict(limit.level(), limit.rate(), verdict.retryAfter(), verdict.standing());
    }

    private int nodes() {
        return settings.nodes() > 0 ? settings.nodes() : heart.nodes();
    }

    // ---- asking

    private CompletableFuture<Verdict> ask(CountedCall call) {
        if (!breaker.tryAcquirePermission()) {
            return CompletableFuture.completedFuture(unanswered(call));
        }
        long started = System.nanoTime();
        asked.increment();
        UsageLedger.Told told = call.claim() == null ? null : limits.tell(call.claim());
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

    private Order order(CountedCall call, UsageLedger.Told told) {
        boolean lease = call.terms().sharing() == Sharing.LEASED;
        List<Draw> draws = new ArrayList<>();
        for (Limit limit : call.all()) {
            String name = CounterNames.bucket(call.claim(), limit);
            draws.add(new Draw(name, limit, lease ? advances.wantedOf(name, limit) : 0));
        }
        if (call.claim() == null) {
            return new Order(null, null, 0, 0, draws, nodes());
        }
        int calls = lease ? advances.wantedOfQuota(call.claim()) : 0;
        return new Order(call.claim(), told.known(), told.pending(), calls, draws, nodes());
    }

    private Verdict settle(
            CountedCall call, Order order, UsageLedger.Told told, long started, Receipt receipt, Throwable failure) {
        long took = System.nanoTime() - started;
        if (receipt == null) {
            breaker.onError(took, TimeUnit.NANOSECONDS, failure);
            failed.increment();
            LOG.debug("{} did not answer", counters, failure);
            if (told != null) {
                limits.learn(call.claim(), told, null);
            }
            advances.notFilled(order);
            return unanswered(call);
        }
        breaker.onSuccess(took, TimeUnit.NANOSECONDS);
        if (told != null) {
            limits.learn(call.claim(), told, receipt.usage());
        }
        if (call.terms().sharing() == Sharing.LEASED) {
            advances.fill(order, receipt);
        }
        Standing standing = standing(call, receipt);
        if (receipt.refusedBy() == null) {
            return Verdict.admitted(standing);
        }
        Limit limit = call.of(receipt.refusedBy());
        return new Verdict(receipt.refusedBy(), limit == null ? null : limit.rate(), receipt.retryAfter(), standing);
    }

    private static Standing standing(CountedCall call, Receipt receipt) {
        if (call.claim() == null) {
            return Standing.NONE;
        }
        long tokens = 0;
        int own = call.claim().own().size();
        for (int i = 0; i < own; i++) {
            Drawn drawn = receipt.drawn().get(i);
            tokens = i == 0 ? drawn.left() : Math.min(tokens, drawn.left());
        }
        return standing(call.claim(), tokens, receipt.usage(), receipt.quotaSpare());
    }

    private static Standing standing(Claim claim, long tokens, SharedUsage usage, long spare) {
        Quota quota = claim.quota();
        return quota == null
                ? Standing.of(claim, tokens, null, Long.MAX_VALUE, 0)
                : Standing.of(claim, tokens, quota, usage.left(quota) + spare, usage.periodEnd());
    }

    /** Gives back what a call has been counted for that was refused after all. */
    private void undo(CountedCall call) {
        boolean counted = call.terms().sharing() != Sharing.LOCAL;
        if (!counted || breaker.getState() != State.CLOSED) {
            return;
        }
        for (Limit limit : call.all()) {
            counters.giveBack(CounterNames.bucket(call.claim(), limit), limit.rate(), 1);
        }
        if (call.claim() != null) {
            UsageLedger.Told told = limits.tell(call.claim());
            limits.learn(call.claim(), told, null);
            counters.giveBack(call.claim().planId(), call.claim().keyId(), told.known(), 1);
        }
    }

    // ---- while nobody answers

    private Verdict unanswered(CountedCall call) {
        switch (call.terms().fallback()) {
            case REFUSE:
                refused.increment();
                return new Verdict(Level.UNREACHABLE, null, settings.timeout(), Standing.NONE);
            case ALLOW:
                allowed.increment();
                return call.claim() == null
                        ? Verdict.admitted(Standing.NONE)
                        : limits.count(call.claim(), new Share(nodes(), true));
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

    // ---- usage

    /** As {@link Limits#usage}, with what all nodes have counted. */
    public Map<String, List<long[]>> usage(
            String planId, Terms terms, Quota quota, Set<String> keyIds, int from, int to) throws IOException {
        return isLocal(terms)
                ? limits.usage(planId, quota, keyIds, from, to)
                : usage.usage(planId, quota, keyIds, from, to);
    }

    /** As {@link Limits#grant}, for all nodes. */
    public void grant(String planId, String keyId, Terms terms, Quota quota, long remaining) throws IOException {
        if (isLocal(terms)) {
            limits.grant(planId, keyId, quota, remaining);
        } else {
            usage.grant(planId, keyId, terms, quota, remaining);
        }
    }

    private boolean isLocal(Terms terms) {
        return (terms == null ? settings.terms() : terms).sharing() == Sharing.LOCAL;
    }

    // ---- what is told

    /**
     * Waits a little until the first calls can be answered in time: connections and classes take longer than a call may.
     *
     * @return whether they can; otherwise calls are treated as their plans say
     */
    public boolean awaitReady(Duration patience) {
        return heart == null || heart.awaitReady(patience);
    }

    public ClusterStatus status() {
        return new ClusterStatus(
                nodes(),
                breaker.getState() == State.CLOSED,
                outages.sum(),
                asked.sum(),
                failed.sum(),
                advances == null ? 0 : advances.decided(),
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

    /** Gives back what there is in advance, and leaves the cluster. */
    @Override
    public void close() {
        if (counters == null) {
            return;
        }
        beats.shutdownNow();
        advances.giveBackAll();
        heart.stop();
        answers.shutdown();
        counters.close();
    }
}
