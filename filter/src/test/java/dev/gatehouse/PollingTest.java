package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollingTest {

    private final HandClock thread = new HandClock();
    private final AtomicInteger times = new AtomicInteger();

    @AfterEach
    void end() {
        thread.shutdownNow();
    }

    @Test
    void workIsDoneAfterEachPause() {
        Polling.start(times::incrementAndGet, Duration.ofMillis(1500), thread);

        assertThat(thread.pauseMillis).isEqualTo(1500);
        thread.task.run();
        thread.task.run();
        assertThat(times).hasValue(2);
    }

    @Test
    void workThatFailsIsDoneAgain() {
        Polling.start(
                () -> {
                    if (times.incrementAndGet() < 3) {
                        throw new IllegalStateException("the database is away");
                    }
                },
                Duration.ofSeconds(1),
                thread);

        thread.task.run();
        thread.task.run();
        thread.task.run();
        assertThat(times).hasValue(3);
    }

    @Test
    void nothingIsDoneAfterTheEnd() {
        Polling polling = Polling.start(times::incrementAndGet, Duration.ofSeconds(1), thread);
        polling.close();

        assertThat(thread.isShutdown()).isTrue();
        Polling.NONE.close();
    }

    /** Whose time the test makes. */
    private static final class HandClock extends ScheduledThreadPoolExecutor {

        private Runnable task;
        private long pauseMillis;

        HandClock() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initial, long pause, TimeUnit unit) {
            task = command;
            pauseMillis = unit.toMillis(pause);
            return null;
        }
    }
}
