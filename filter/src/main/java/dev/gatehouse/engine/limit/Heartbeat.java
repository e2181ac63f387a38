package dev.gatehouse.engine.limit;

import dev.gatehouse.engine.limit.SharedCounters.Order;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says again and again that a node lives, and hears how many others do. Thread-safe. */
final class Heartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final int BEAT_MILLIS = 500;

    private final SharedCounters counters;
    private final ClusterSettings settings;
    private final String nodeId;
    private final Runnable answeredInTime;
    private volatile int nodes = 1;

    /** @param answeredInTime is told of each answer that came as quickly as calls need one */
    Heartbeat(SharedCounters counters, ClusterSettings settings, String nodeId, Runnable answeredInTime) {
        this.counters = counters;
        this.settings = settings;
        this.nodeId = nodeId;
        this.answeredInTime = answeredInTime;
    }

    void start(ScheduledExecutorService beats) {
        beats.scheduleWithFixedDelay(this::beat, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** How many nodes there were when last heard of; 1 at least. */
    int nodes() {
        return nodes;
    }

    private void beat() {
        long started = System.nanoTime();
        try {
            int living = counters.beat(nodeId)
                    .toCompletableFuture()
                    .get(Math.max(1000, settings.timeout().toMillis()), TimeUnit.MILLISECONDS);
            if (living != nodes && settings.nodes() == 0) {
                LOG.info("{} nodes count together through {}", living, counters);
            }
            nodes = Math.max(1, living);
            if (System.nanoTime() - started < settings.timeout().toNanos()) {
                answeredInTime.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("{} does not hear that this node lives", counters, e);
        }
    }

    /**
     * Waits a little until the first calls can be answered in time: connections and classes take longer than a call may.
     *
     * @return whether they can
     */
    boolean awaitReady(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        int good = 0;
        while (good < 3) {
            long started = System.nanoTime();
            try {
                counters.beat(nodeId)
                        .thenCompose(living -> counters.count(new Order(null, null, 0, 0, List.of(), 1)))
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

    /** The node is no more. */
    void stop() {
        counters.leave(nodeId);
    }
}
