package dev.gatehouse.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An application's own asynchronous cycle. It is the container's, but for its end: what the application has said must reach the
 * gateway before the container closes the exchange.
 */
final class ApplicationAsync implements AsyncContext {

    private static final Logger LOG = LoggerFactory.getLogger(ApplicationAsync.class);

    private record Listener(AsyncListener listener, ServletRequest request, ServletResponse response) {}

    private interface Notice {
        void to(AsyncListener listener, AsyncEvent event) throws IOException;
    }

    private final ApplicationRun<?> run;
    private final AsyncContext container;
    private final ServletRequest request;
    private final ServletResponse response;
    private final String home;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean completed;

    /** @param home where {@link #dispatch()} goes; null where the container knows */
    ApplicationAsync(
            ApplicationRun<?> run,
            AsyncContext container,
            ServletRequest request,
            ServletResponse response,
            String home) {
        this.run = run;
        this.container = container;
        this.request = request;
        this.response = response;
        this.home = home;
    }

    /**
     * Whether the container may close what the application was given when it comes back from it. Not after a dispatch: the
     * application has not finished then, it goes on elsewhere.
     */
    boolean completed() {
        return completed;
    }

    void timedOut() {
        tell(AsyncListener::onTimeout, null);
    }

    void broken(Throwable error) {
        tell(AsyncListener::onError, error);
    }

    void tellCompleted() {
        tell(AsyncListener::onComplete, null);
    }

    private void tell(Notice notice, Throwable error) {
        for (Listener each : listeners) {
            try {
                notice.to(each.listener(), new AsyncEvent(this, each.request(), each.response(), error));
            } catch (IOException | RuntimeException e) {
                LOG.warn("A listener of the application failed", e);
            }
        }
    }

    @Override
    public void complete() {
        if (!over.compareAndSet(false, true)) {
            throw new IllegalStateException("the asynchronous cycle has ended");
        }
        completed = true;
        run.completed(container);
    }

    /** @param target null for where the application is */
    private void leave(String target) {
        if (!run.mayStartAsync()) {
            throw new IllegalStateException(GatehouseFilter.ASYNC_ADVICE);
        }
        if (!over.compareAndSet(false, true)) {
            throw new IllegalStateException("the asynchronous cycle has ended");
        }
        run.dispatch(container, target);
    }

    @Override
    public void dispatch() {
        leave(home);
    }

    @Override
    public void dispatch(String path) {
        leave(path);
    }

    /** Within this web application: in another one the gateway would never hear how the call ended. */
    @Override
    public void dispatch(ServletContext context, String path) {
        if (!context.getContextPath().equals(request.getServletContext().getContextPath())) {
            throw new IllegalStateException(
                    "a call behind the gateway cannot be dispatched to another web application");
        }
        leave(path);
    }

    @Override
    public void start(Runnable task) {
        container.start(task);
    }

    @Override
    public ServletRequest getRequest() {
        return request;
    }

    @Override
    public ServletResponse getResponse() {
        return response;
    }

    /** Never: the application has always been given the gateway's. */
    @Override
    public boolean hasOriginalRequestAndResponse() {
        return false;
    }

    @Override
    public void addListener(AsyncListener listener) {
        listeners.add(new Listener(listener, null, null));
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest supplied, ServletResponse suppliedResponse) {
        listeners.add(new Listener(listener, supplied, suppliedResponse));
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return container.createListener(type);
    }

    @Override
    public void setTimeout(long timeout) {
        container.setTimeout(run.allowedTimeout(timeout));
    }

    @Override
    public long getTimeout() {
        return container.getTimeout();
    }
}
