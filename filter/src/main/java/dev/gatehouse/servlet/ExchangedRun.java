package dev.gatehouse.servlet;

import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendReply;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.time.Duration;

/** The application answers the gateway, also where it runs asynchronously: the call sleeps in its cycle then. */
final class ExchangedRun extends ApplicationRun<BackendReply> {

    final CollectedOutput output = new CollectedOutput(this::onContainerThread);
    private final boolean withBody;
    private final Duration timeout;

    ExchangedRun(ServletCall call, boolean withBody, Duration timeout) {
        super(call);
        this.withBody = withBody;
        this.timeout = timeout;
    }

    @Override
    void ended() {
        output.finish();
        settle();
    }

    private void settle() {
        BackendReply reply;
        try {
            reply = output.reply(withBody);
        } catch (BackendException e) {
            result.completeExceptionally(e);
            return;
        }
        result.complete(reply);
    }

    @Override
    void failed(Throwable thrown) {
        try {
            output.reply(false);
            result.completeExceptionally(thrown);
        } catch (BackendException tooLarge) {
            result.completeExceptionally(tooLarge);
        }
    }

    @Override
    void cut() {
        failed(new IOException("the client is gone"));
    }

    /** The client's answer is still to come when the application has completed, so the cycle becomes the call's own. */
    @Override
    void startedIn(AsyncContext container) {
        container.setTimeout(allowedTimeout(container.getTimeout()));
        call.adopt(container, this);
    }

    @Override
    void completed(AsyncContext container) {
        output.finish();
        ((ApplicationAsync) asyncContext()).tellCompleted();
        settle();
    }

    @Override
    long allowedTimeout(long asked) {
        long most = timeout.toMillis();
        return asked <= 0 ? most : Math.min(asked, most);
    }

    @Override
    void timedOut() {
        super.timedOut();
        failed(new BackendException(BackendException.Reason.TIMEOUT, "the application's asynchronous cycle timed out"));
    }

    @Override
    void broken(Throwable error) {
        super.broken(error);
        failed(error == null ? new IOException("the client is gone") : error);
    }
}
