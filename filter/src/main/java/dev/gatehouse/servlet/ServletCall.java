package dev.gatehouse.servlet;

import dev.gatehouse.http.BodyStream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's call, from the container's first dispatch to the answer's last byte.
 *
 * <p>The gateway runs on the container's thread as long as it need not wait. Where it has to, the thread goes back to the
 * container and the call sleeps in an asynchronous cycle. Two things wake it: the answer, which is then written on a thread of
 * the container, and work for the application, which needs a filter chain and so a new dispatch ({@code ASYNC}). Where the
 * container cannot do that, the thread waits here.
 *
 * <p>States, guarded by this object's lock: a dispatch runs ({@code owner} is its thread), the call sleeps ({@code asleep}), or
 * it is {@code finished}: an answer is being written or nobody is left to write to. The step to finished is made once.
 */
final class ServletCall {

    private static final Logger LOG = LoggerFactory.getLogger(ServletCall.class);

    private final Function<GatewayRequest, CompletionStage<GatewayResponse>> gateway;
    private final String attribute;
    private final String method;
    private final boolean mayWaitAsync;
    private final Predicate<String> comesBack;
    private final long limitMillis;

    private final Queue<Job> jobs = new ArrayDeque<>();
    private CompletableFuture<GatewayResponse> answer;
    private volatile Thread owner;
    private Dispatch client;
    private Headers received;
    private Dispatch current;
    private AsyncContext cycle;
    private boolean asleep;
    private boolean finished;
    private volatile boolean clientServed;
    private Throwable failure;
    private volatile BodyStream streaming;
    private ApplicationRun<?> returning;
    private ApplicationRun<?> sleeping;
    private long containerTimeout = -1;

    private interface Job {
        void run(Dispatch dispatch);

        default void cancel() {}
    }

    /**
     * @param attribute name of the request attribute under which the filter finds this call again
     * @param method the client's verb
     * @param mayWaitAsync whether an ASYNC dispatch is sure to come back to the filter
     * @param comesBack whether a dispatch to a path within the context passes the filter
     * @param limitMillis after this the client gets 504 whatever the gateway does; beyond every timeout of the gateway's own
     */
    ServletCall(
            Function<GatewayRequest, CompletionStage<GatewayResponse>> gateway,
            String attribute,
            String method,
            boolean mayWaitAsync,
            Predicate<String> comesBack,
            long limitMillis) {
        this.gateway = gateway;
        this.attribute = attribute;
        this.method = method;
        this.mayWaitAsync = mayWaitAsync;
        this.comesBack = comesBack;
        this.limitMillis = limitMillis;
    }

    String attribute() {
        return attribute;
    }

    boolean mayWaitAsync() {
        return mayWaitAsync;
    }

    boolean comesBack(String path) {
        return comesBack.test(path);
    }

    /** Whether this thread is in a dispatch of this call: then a nested filter of the same name has nothing to do. */
    boolean runsHere() {
        return owner == Thread.currentThread();
    }

    // ---- in a dispatch

    /** The first dispatch. */
    void begin(Dispatch dispatch, GatewayRequest request) throws IOException, ServletException {
        client = dispatch;
        received = request.headers();
        enter(dispatch, () -> {
            answer = ask(request);
            answer.whenComplete((done, broken) -> wake());
        });
    }

    /** The lines of the client's request are read once, those of a request that somebody has wrapped again. */
    Headers linesOf(HttpServletRequest request) {
        return request == client.request() ? received : HeaderLines.of(request);
    }

    private CompletableFuture<GatewayResponse> ask(GatewayRequest request) {
        try {
            return gateway.apply(request).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** An ASYNC dispatch: of this call's making, or of the application's. */
    void resume(Dispatch dispatch) throws IOException, ServletException {
        ApplicationRun<?> run;
        synchronized (this) {
            run = returning;
            returning = null;
            if (run == null && jobs.isEmpty()) {
                run = ApplicationRun.untouched(this);
            }
        }
        ApplicationRun<?> resumed = run;
        // what comes back may be what the application was given; the gateway goes on with the client's own
        Dispatch own = dispatch.isOfApplication()
                ? new Dispatch(client.request(), client.response(), dispatch.chain())
                : dispatch;
        enter(own, () -> {
            if (resumed != null) {
                resumed.resume(dispatch);
            }
        });
    }

    private void enter(Dispatch dispatch, Runnable first) throws IOException, ServletException {
        synchronized (this) {
            owner = Thread.currentThread();
            current = dispatch;
            asleep = false;
            cycle = null;
            clientServed = false;
        }
        try {
            first.run();
            while (step(dispatch)) {
                // until there is nothing to do on this thread
            }
        } finally {
            synchronized (this) {
                owner = null;
                current = null;
            }
        }
        wake();
    }

    /** @return whether there may be more to do at once */
    private boolean step(Dispatch dispatch) throws IOException, ServletException {
        rethrow();
        Job job;
        boolean done;
        synchronized (this) {
            // in a cycle of our own the application must wait for the next dispatch: it could not start one itself
            job = cycle == null ? jobs.poll() : null;
            done = answer.isDone();
        }
        if (job != null) {
            job.run(dispatch);
            return true;
        }
        if (done) {
            finish();
            return false;
        }
        if (clientServed) {
            // The application has answered, or will in a cycle of its own. The client gains nothing by a wait for the
            // gateway's word on it, and a container that has seen a sendError would not let us.
            abandon();
            return false;
        }
        if (cycle == null && !mayOpenCycle()) {
            return waitHere();
        }
        openCycle();
        synchronized (this) {
            asleep = true;
        }
        return false;
    }

    /** What the application threw goes on to the container, as if the filter were not there. */
    private void rethrow() throws IOException, ServletException {
        Throwable thrown = failure;
        failure = null;
        if (thrown instanceof IOException io) {
            throw io;
        } else if (thrown instanceof ServletException servlet) {
            throw servlet;
        } else if (thrown instanceof RuntimeException runtime) {
            throw runtime;
        } else if (thrown instanceof Error error) {
            throw error;
        }
    }

    private void finish() throws IOException {
        AsyncContext open;
        synchronized (this) {
            if (finished) {
                return;
            }
            finished = true;
            open = cycle;
        }
        GatewayResponse response = outcome();
        if (response.body() instanceof GatewayResponse.Body.Stream && (open != null || mayOpenCycle())) {
            // a stream may take long: it must not keep this thread
            write(response, openCycle());
            return;
        }
        try {
            AnswerWriter.write(response, method, client.response());
        } catch (IOException e) {
            ConnectionCut.make(client.request());
            throw e;
        } finally {
            if (open != null) {
                open.complete();
            }
        }
    }

    /** Asked anew: a container may count a forward to a servlet without support as the end of it. */
    private boolean mayOpenCycle() {
        return mayWaitAsync && current.request().isAsyncSupported();
    }

    private GatewayResponse outcome() {
        try {
            return answer.join();
        } catch (RuntimeException e) {
            LOG.error("The gateway failed instead of answering", e);
            return AnswerWriter.plain(500, "Internal server error");
        }
    }

    private boolean waitHere() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        synchronized (this) {
            while (jobs.isEmpty() && !answer.isDone()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    finished = true;
                    break;
                }
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    finished = true;
                    break;
                }
            }
        }
        if (finished) {
            cancelJobs();
            AnswerWriter.write(tooLate(), method, client.response());
            return false;
        }
        return true;
    }

    private GatewayResponse tooLate() {
        LOG.error("The gateway gave no answer within {} ms", limitMillis);
        return AnswerWriter.plain(504, "Endpoint request timed out");
    }

    /** Ends this dispatch's hold on the thread. To be called on the dispatch's thread, or while the call sleeps. */
    AsyncContext openCycle() {
        if (cycle == null) {
            AsyncContext context = current.request().startAsync(current.request(), current.response());
            containerTimeout = context.getTimeout();
            context.setTimeout(limitMillis);
            adopt(context, null);
        }
        return cycle;
    }

    /** From now on the call sleeps in this cycle, which may be one that the application has started. */
    void adopt(AsyncContext context, ApplicationRun<?> run) {
        context.addListener(new Fate());
        synchronized (this) {
            cycle = context;
            sleeping = run;
        }
    }

    /** In this dispatch the application has taken the client's answer on itself. */
    void clientIsServed() {
        clientServed = true;
    }

    /** The application has dispatched the cycle that this call slept in, and will come back through {@link #resume}. */
    synchronized void returns(ApplicationRun<?> run) {
        asleep = false;
        returning = run;
    }

    /** @return what the container would give an application for a timeout; -1 where this call never changed it */
    long containerTimeout() {
        return containerTimeout;
    }

    /** Where the application answered the client itself and failed: the exception is the container's to handle. */
    void fail(Throwable thrown) {
        failure = thrown;
    }

    // ---- from any thread

    /** Runs it in a dispatch: at once where this thread is in one, otherwise in the next. */
    <T> CompletionStage<T> inDispatch(Function<Dispatch, CompletionStage<T>> work) {
        if (runsHere() && cycle == null) {
            return work.apply(current);
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        Job job = new Job() {
            @Override
            public void run(Dispatch dispatch) {
                work.apply(dispatch).whenComplete((value, broken) -> {
                    if (broken == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(broken);
                    }
                });
            }

            @Override
            public void cancel() {
                result.completeExceptionally(new IOException("the client is gone"));
            }
        };
        boolean late;
        synchronized (this) {
            late = finished;
            if (!late) {
                jobs.add(job);
            }
        }
        if (late) {
            job.cancel();
        }
        wake();
        return result;
    }

    /** @return the cycle that the call sleeps in, or can be sent to sleep in on this thread; null where it is awake elsewhere */
    synchronized AsyncContext cycleHere() {
        if (runsHere()) {
            return openCycle();
        }
        return asleep && !finished ? cycle : null;
    }

    private void wake() {
        AsyncContext context;
        boolean done;
        synchronized (this) {
            notifyAll();
            if (!asleep || finished || owner != null) {
                return;
            }
            done = answer.isDone();
            if (!done && jobs.isEmpty()) {
                return;
            }
            asleep = false;
            finished = done;
            context = cycle;
        }
        if (done) {
            answer(context);
        } else {
            dispatch(context);
        }
    }

    private void dispatch(AsyncContext context) {
        try {
            context.dispatch();
        } catch (IllegalStateException e) {
            abandon();
        }
    }

    /** Writing may block on a slow client, so it must not keep the thread that brought the answer. */
    private void answer(AsyncContext context) {
        try {
            context.start(() -> write(outcome(), context));
        } catch (RuntimeException e) {
            write(outcome(), context);
        }
    }

    private void write(GatewayResponse response, AsyncContext context) {
        if (response.body() instanceof GatewayResponse.Body.Stream body) {
            pass(response, body.stream(), context);
            return;
        }
        try {
            AnswerWriter.write(response, method, client.response());
        } catch (IOException e) {
            LOG.debug("The client went away before it had its answer", e);
        } catch (RuntimeException e) {
            LOG.error("The answer could not be written", e);
        } finally {
            complete(context);
        }
    }

    private void pass(GatewayResponse response, BodyStream stream, AsyncContext context) {
        streaming = stream;
        try {
            if (!AnswerWriter.head(response, method, client.response())) {
                stream.cancel();
                complete(context);
                return;
            }
            new StreamedAnswer(stream, client.response().getOutputStream(), context, broken -> {
                        if (broken == null) {
                            complete(context);
                        } else {
                            breakOff(broken, context);
                        }
                    })
                    .run();
        } catch (IOException | RuntimeException e) {
            LOG.debug("The client went away before it had its answer", e);
            stream.cancel();
            complete(context);
        }
    }

    /** An answer that breaks off must not look whole: as a rule the exception goes to the container, which drops the connection. */
    private void breakOff(Throwable broken, AsyncContext context) {
        LOG.debug("An answer broke off while it was being streamed", broken);
        if (ConnectionCut.make(client.request())) {
            complete(context);
            return;
        }
        synchronized (this) {
            failure = new IOException("an answer broke off while it was being streamed", broken);
            jobs.add(dispatch -> {});
        }
        try {
            context.dispatch();
        } catch (IllegalStateException e) {
            LOG.debug("The cycle had ended already", e);
        }
    }

    private static void complete(AsyncContext context) {
        try {
            context.complete();
        } catch (IllegalStateException e) {
            // the container has ended it already, as after an error of the connection
            LOG.debug("The cycle had ended already", e);
        }
    }

    private void abandon() {
        synchronized (this) {
            finished = true;
            asleep = false;
        }
        cancelJobs();
    }

    private void cancelJobs() {
        while (true) {
            Job job;
            synchronized (this) {
                job = jobs.poll();
            }
            if (job == null) {
                return;
            }
            job.cancel();
        }
    }

    /** What the container tells of the cycle that the call sleeps in. */
    private final class Fate implements AsyncListener {

        @Override
        public void onTimeout(AsyncEvent event) {
            ApplicationRun<?> run;
            synchronized (ServletCall.this) {
                if (!asleep || finished) {
                    return;
                }
                // from here on this thread alone decides what happens to the call
                asleep = false;
                run = sleeping;
            }
            if (run != null) {
                run.timedOut();
            }
            boolean goesOn;
            synchronized (ServletCall.this) {
                if (returning != null) {
                    return;
                }
                goesOn = run != null && !answer.isDone();
                finished = !goesOn;
                if (goesOn) {
                    // the application's cycle ends here, the gateway's waiting does not: it needs a cycle of its own
                    jobs.add(dispatch -> {});
                }
            }
            if (goesOn) {
                dispatch(event.getAsyncContext());
                return;
            }
            cancelJobs();
            write(answer.isDone() ? outcome() : tooLate(), event.getAsyncContext());
        }

        @Override
        public void onError(AsyncEvent event) {
            if (streaming != null) {
                streaming.cancel();
            }
            ApplicationRun<?> run;
            synchronized (ServletCall.this) {
                if (!asleep || finished) {
                    return;
                }
                asleep = false;
                finished = true;
                run = sleeping;
            }
            LOG.debug("The client went away", event.getThrowable());
            if (run != null) {
                run.broken(event.getThrowable());
            }
            cancelJobs();
            complete(event.getAsyncContext());
        }

        @Override
        public void onComplete(AsyncEvent event) {
            synchronized (ServletCall.this) {
                if (!asleep) {
                    return;
                }
            }
            abandon();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // a new cycle registers its own listener
        }
    }
}
