package dev.gatehouse.engine.lambda;

import dev.gatehouse.engine.lambda.LambdaException.Reason;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where functions of this process run. Deployments come and go on the same threads, so that a call keeps running whatever is
 * deployed meanwhile. Daemon threads, which end after half a minute without work. Thread-safe.
 */
public final class FunctionThreads implements AutoCloseable {

    private static final int MAX_CONCURRENCY = 256;

    private final int maxConcurrency;
    private final ThreadPoolExecutor functions;
    private final ThreadPoolExecutor lateAnswers;
    private final ScheduledThreadPoolExecutor timer;
    private final Set<RunningFunction> underWay = ConcurrentHashMap.newKeySet();

    /** For 256 calls at the same time. */
    public FunctionThreads() {
        this(MAX_CONCURRENCY);
    }

    /** @param maxConcurrency calls that may run at the same time, all functions together; at least 1 */
    public FunctionThreads(int maxConcurrency) {
        if (maxConcurrency < 1) {
            throw new IllegalArgumentException("maxConcurrency must be at least 1, but is " + maxConcurrency);
        }
        this.maxConcurrency = maxConcurrency;
        this.functions = new ThreadPoolExecutor(
                0, maxConcurrency, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), daemon("gatehouse-lambda"));
        // What follows an answer runs on the thread that gave it: one slow listener must not hold up every timeout.
        this.lateAnswers = new ThreadPoolExecutor(
                2, 2, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemon("gatehouse-lambda-late"));
        lateAnswers.allowCoreThreadTimeOut(true);
        this.timer = new ScheduledThreadPoolExecutor(1, daemon("gatehouse-lambda-timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(30, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.setContextClassLoader(FunctionThreads.class.getClassLoader());
            return thread;
        };
    }

    /**
     * @param limit after which {@code tooLate} runs, unless the call is answered by then
     * @throws LambdaException {@code THROTTLED} where as many calls are running as may, or nothing runs any more
     */
    void start(RunningFunction call, Duration limit, Runnable tooLate) {
        try {
            Future<?> alarm = alarm(limit, tooLate);
            underWay.add(call);
            call.answer().whenComplete((result, failure) -> {
                underWay.remove(call);
                alarm.cancel(false);
            });
            functions.execute(call);
        } catch (RejectedExecutionException e) {
            LambdaException throttled =
                    new LambdaException(Reason.THROTTLED, maxConcurrency + " calls of functions are running already");
            call.giveUp(throttled, null);
            throw throttled;
        }
    }

    /** @throws RejectedExecutionException where nothing runs any more */
    Future<?> alarm(Duration after, Runnable tooLate) {
        return timer.schedule(() -> lateAnswers.execute(tooLate), after.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Interrupts what is running and answers its callers at once; later calls are THROTTLED. */
    @Override
    public void close() {
        timer.shutdownNow();
        functions.shutdown();
        LambdaException closed = new LambdaException(Reason.FAILED, "functions are stopped");
        underWay.forEach(call -> call.giveUp(closed, null));
        lateAnswers.shutdown();
    }
}
