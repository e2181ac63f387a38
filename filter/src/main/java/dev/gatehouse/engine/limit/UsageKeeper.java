package dev.gatehouse.engine.limit;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that hands usage to the journal, five times a second, and lets go of what is idle. What a process that is killed has
 * counted since the last time is forgotten: less than a second of calls, unless the disk takes longer.
 */
public final class UsageKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UsageKeeper.class);
    private static final int FLUSH_MILLIS = 200;
    private static final int SWEEP_SECONDS = 30;

    private final Limits limits;
    private final ScheduledExecutorService thread;

    private UsageKeeper(Limits limits, ScheduledExecutorService thread) {
        this.limits = limits;
        this.thread = thread;
    }

    /** Starts the thread. */
    public static UsageKeeper of(Limits limits) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread one = new Thread(work, "gatehouse-usage");
            one.setDaemon(true);
            return one;
        });
        thread.scheduleWithFixedDelay(whatever(limits::flush), FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        thread.scheduleWithFixedDelay(whatever(limits::sweep), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        return new UsageKeeper(limits, thread);
    }

    /** A thread that ended would end the keeping without a word. */
    private static Runnable whatever(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                LOG.error("Keeping usage failed; trying on", e);
            }
        };
    }

    /** Keeps what has been counted so far, and ends. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        limits.flush();
    }
}
