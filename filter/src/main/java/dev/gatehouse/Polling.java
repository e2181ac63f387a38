package dev.gatehouse;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the same again and again on a thread of its own, which keeps no process alive. A failure is told once, until it is over. */
final class Polling implements AutoCloseable {

    /** Does nothing. */
    static final Polling NONE = new Polling(null);

    private static final Logger LOG = LoggerFactory.getLogger(Polling.class);

    private final ScheduledExecutorService thread;

    private Polling(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    /** @param pause between the end of one time and the beginning of the next */
    static Polling start(Runnable work, Duration pause) {
        return start(work, pause, Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "gatehouse-control-plane");
            thread.setDaemon(true);
            return thread;
        }));
    }

    /** @param thread ends with this */
    static Polling start(Runnable work, Duration pause, ScheduledExecutorService thread) {
        long millis = pause.toMillis();
        thread.scheduleWithFixedDelay(new Enduring(work), millis, millis, TimeUnit.MILLISECONDS);
        return new Polling(thread);
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    /** An executor does not do again what has failed. */
    private static final class Enduring implements Runnable {

        private final Runnable work;
        private boolean failing;

        Enduring(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                work.run();
                if (failing) {
                    LOG.info("The store of the control plane answers again");
                }
                failing = false;
            } catch (RuntimeException | Error e) {
                if (!failing) {
                    LOG.error("Changes of other nodes cannot be seen; what is served is served on", e);
                }
                failing = true;
            }
        }
    }
}
