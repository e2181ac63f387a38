package dev.gatehouse.servlet;

import dev.gatehouse.http.GatewayResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The application answers the client; the gateway hears how it went. */
final class StreamedRun extends ApplicationRun<GatewayResponse> {

    private final StreamedOutput output;

    StreamedRun(ServletCall call, StreamedOutput output) {
        super(call);
        this.output = output;
    }

    @Override
    void ended() throws IOException {
        call.clientIsServed();
        try {
            output.finish();
        } finally {
            settle(response().getStatus());
        }
    }

    private void settle(int status) {
        result.complete(new GatewayResponse(status, output.sent(), new GatewayResponse.Body.Sent(output.length())));
    }

    @Override
    void failed(Throwable thrown) {
        call.fail(thrown);
        settle(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }

    @Override
    void cut() {
        output.seal();
        settle(response().client().getStatus());
    }

    @Override
    void startedIn(AsyncContext container) {
        call.clientIsServed();
        container.addListener(new Follower());
    }

    @Override
    void completed(AsyncContext container) {
        try {
            ended();
        } catch (IOException e) {
            // the client is gone, which the container will find out for itself
            output.seal();
        } finally {
            container.complete();
        }
    }

    @Override
    boolean mayStartAsync() {
        return true;
    }
}
