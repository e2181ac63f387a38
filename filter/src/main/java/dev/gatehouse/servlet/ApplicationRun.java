package dev.gatehouse.servlet;

import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.GatewayContext;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * One run of the application for one call, from the first step into it to its last word, which may come long after it gave the
 * thread back. There are three kinds: {@link StreamedRun}, {@link ExchangedRun} and {@link UntouchedRun}.
 *
 * @param <T> what the gateway gets in the end
 */
abstract class ApplicationRun<T> {

    final ServletCall call;
    final CompletableFuture<T> result = new CompletableFuture<>();
    private ApplicationResponse response;
    private volatile ApplicationAsync async;
    private String home;
    private String ownPath;
    private volatile String forwardTo;

    ApplicationRun(ServletCall call) {
        this.call = call;
    }

    /**
     * @param context what the application may know
     * @param request the call
     * @param ownPath where the client's request went, raw, within the context
     */
    record Target(GatewayContext context, BackendRequest request, String ownPath) {

        String path() {
            return request.uri().getRawPath();
        }

        boolean isOwn() {
            return path().equals(ownPath);
        }
    }

    private interface Entry {
        void enter() throws IOException, ServletException;
    }

    /** The application answers the client. */
    static CompletionStage<GatewayResponse> stream(
            ServletCall call, Dispatch dispatch, Target target, UnaryOperator<Headers> head) {
        StreamedOutput output =
                new StreamedOutput(dispatch.response(), target.request().method(), head);
        boolean received = target.request().body().length > 0;
        return new StreamedRun(call, output).begin(dispatch, target, output, received);
    }

    /** The application answers the gateway. */
    static CompletionStage<BackendReply> exchange(ServletCall call, Dispatch dispatch, Target target) {
        boolean withBody = !target.request().method().equals("HEAD");
        ExchangedRun run = new ExchangedRun(call, withBody, target.request().timeout());
        return run.begin(dispatch, target, run.output, true);
    }

    /** The filter is not there. */
    static CompletionStage<GatewayResponse> pass(ServletCall call, Dispatch dispatch) {
        ApplicationRun<GatewayResponse> run = new UntouchedRun(call);
        run.resume(dispatch);
        return run.result;
    }

    /** Further dispatches of an application that the gateway let pass: the first run's result is what counts. */
    static ApplicationRun<GatewayResponse> untouched(ServletCall call) {
        return new UntouchedRun(call);
    }

    final CompletionStage<T> begin(Dispatch dispatch, Target target, ApplicationOutput output, boolean ownBody) {
        dispatch.request().setAttribute(GatewayContext.ATTRIBUTE, target.context());
        ApplicationRequest request = new ApplicationRequest(
                dispatch.request(),
                call.linesOf(dispatch.request()),
                target.request(),
                target.context().caller(),
                ownBody,
                call.attribute(),
                this);
        response = new ApplicationResponse(request, dispatch.response(), output);
        // once the forward is over, a container remembers the client's target only
        home = target.isOwn() ? null : target.path();
        ownPath = target.ownPath();
        // the query goes with the request: a dispatcher would mix it with the old one
        RequestDispatcher dispatcher =
                target.isOwn() ? null : dispatch.request().getRequestDispatcher(target.path());
        if (dispatcher == null && !target.isOwn()) {
            result.completeExceptionally(new BackendException(
                    BackendException.Reason.INVALID_ENDPOINT, "the application has nothing at " + target.path()));
        } else {
            within(dispatch, () -> {
                if (dispatcher == null) {
                    dispatch.chain().doFilter(request, response);
                } else {
                    dispatcher.forward(request, response);
                }
            });
        }
        return result;
    }

    /** The container has come back, because the application sent it. */
    void resume(Dispatch dispatch) {
        within(dispatch, () -> {
            RequestDispatcher detour =
                    forwardTo == null ? null : dispatch.request().getRequestDispatcher(forwardTo);
            if (detour == null) {
                dispatch.chain().doFilter(dispatch.request(), dispatch.response());
            } else {
                detour.forward(dispatch.request(), dispatch.response());
            }
        });
    }

    private void within(Dispatch dispatch, Entry entry) {
        async = null;
        try {
            entry.enter();
            if (!leftAsync(dispatch)) {
                ended();
            }
        } catch (IOException | ServletException | RuntimeException | Error thrown) {
            failed(thrown);
        }
    }

    boolean leftAsync(Dispatch dispatch) {
        return async != null;
    }

    /** The application has said all it had to say. */
    abstract void ended() throws IOException;

    abstract void failed(Throwable thrown);

    /** The container has ended the cycle, whether the application had said all or not. */
    abstract void cut();

    // ---- what the application asks for

    ApplicationResponse response() {
        return response;
    }

    boolean mayStartAsync() {
        return call.mayWaitAsync();
    }

    boolean isAsyncStarted(boolean inContainer) {
        return async != null ? !async.completed() : inContainer;
    }

    AsyncContext asyncContext() {
        return async;
    }

    /** @param supplied whether the application said with which request to go on; it then knows where to */
    AsyncContext started(AsyncContext container, ServletRequest request, ServletResponse wrapped, boolean supplied) {
        ApplicationAsync started = new ApplicationAsync(this, container, request, wrapped, supplied ? null : home);
        if (call.containerTimeout() >= 0) {
            // a container may remember what the gateway asked for in an earlier cycle of this request
            container.setTimeout(call.containerTimeout());
        }
        async = started;
        startedIn(container);
        return started;
    }

    abstract void startedIn(AsyncContext container);

    abstract void completed(AsyncContext container);

    /** @param asked milliseconds, 0 for ever */
    long allowedTimeout(long asked) {
        return asked;
    }

    /**
     * Where the dispatch would miss the gateway's filter, and with it the end of the run, it goes to the client's own target and
     * is forwarded from there.
     *
     * @param path within the context; null for where the container thinks the application is
     */
    void dispatch(AsyncContext container, String path) {
        boolean detour = path != null && !call.comesBack(path);
        forwardTo = detour ? path : null;
        call.returns(this);
        if (detour) {
            container.dispatch(ownPath);
        } else if (path == null) {
            container.dispatch();
        } else {
            container.dispatch(path);
        }
    }

    void timedOut() {
        async.timedOut();
    }

    void broken(Throwable error) {
        async.broken(error);
    }

    void onContainerThread(Runnable task) {
        if (async == null) {
            throw new IllegalStateException("a listener needs asynchronous processing");
        }
        async.start(task);
    }

    /** Lets the container's own events of a cycle through to the application, and tells of the end. */
    final class Follower implements AsyncListener {

        private final ApplicationAsync followed = async;

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            if (followed != null) {
                followed.tellCompleted();
            }
            if (followed == async) {
                cut();
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            if (followed != null) {
                followed.timedOut();
            }
        }

        @Override
        public void onError(AsyncEvent event) {
            if (followed != null) {
                followed.broken(event.getThrowable());
            }
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            if (followed == null) {
                event.getAsyncContext().addListener(this);
            }
        }
    }
}
