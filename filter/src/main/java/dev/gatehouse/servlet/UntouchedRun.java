package dev.gatehouse.servlet;

import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;

/** Sees the container's own request and response; here one can only watch. */
final class UntouchedRun extends ApplicationRun<GatewayResponse> {

    private HttpServletResponse client;

    UntouchedRun(ServletCall call) {
        super(call);
    }

    @Override
    boolean leftAsync(Dispatch dispatch) {
        client = dispatch.response();
        boolean left = dispatch.request().isAsyncStarted();
        call.clientIsServed();
        if (left) {
            dispatch.request().getAsyncContext().addListener(new Follower());
        }
        return left;
    }

    @Override
    void ended() {
        settle(client.getStatus());
    }

    private void settle(int status) {
        result.complete(new GatewayResponse(status, Headers.EMPTY, new GatewayResponse.Body.Sent(-1)));
    }

    @Override
    void failed(Throwable thrown) {
        call.fail(thrown);
        settle(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }

    @Override
    void cut() {
        settle(client.getStatus());
    }

    @Override
    void startedIn(AsyncContext container) {
        throw new IllegalStateException("an untouched request starts its cycle without the gateway");
    }

    @Override
    void completed(AsyncContext container) {
        throw new IllegalStateException("an untouched request completes without the gateway");
    }
}
