package dev.gatehouse.servlet;

import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayContext;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application in the same WAR, for one call. A path that it would read in another way than the gateway gets 400. */
final class ApplicationDownstream implements Downstream {

    private static final Logger LOG = LoggerFactory.getLogger(ApplicationDownstream.class);
    private static final GatewayResponse BAD_PATH = AnswerWriter.plain(400, "Bad Request");

    private final ServletCall call;
    private final String ownPath;

    /** @param ownPath where the client's request went, raw, within the context */
    ApplicationDownstream(ServletCall call, String ownPath) {
        this.call = call;
        this.ownPath = ownPath;
    }

    @Override
    public CompletionStage<GatewayResponse> stream(
            GatewayContext context, BackendRequest request, UnaryOperator<Headers> head) {
        if (unsafe(request.uri().getRawPath())) {
            return CompletableFuture.completedFuture(BAD_PATH);
        }
        ApplicationRun.Target target = new ApplicationRun.Target(context, request, ownPath);
        return call.inDispatch(dispatch -> ApplicationRun.stream(call, dispatch, target, head));
    }

    @Override
    public CompletionStage<BackendReply> exchange(GatewayContext context, BackendRequest request) {
        if (unsafe(request.uri().getRawPath())) {
            byte[] body = ((GatewayResponse.Body.Bytes) BAD_PATH.body()).bytes();
            return CompletableFuture.completedFuture(new BackendReply(BAD_PATH.status(), BAD_PATH.headers(), body));
        }
        ApplicationRun.Target target = new ApplicationRun.Target(context, request, ownPath);
        return call.inDispatch(dispatch -> ApplicationRun.exchange(call, dispatch, target));
    }

    @Override
    public CompletionStage<GatewayResponse> pass() {
        if (unsafe(ownPath)) {
            return CompletableFuture.completedFuture(BAD_PATH);
        }
        return call.inDispatch(dispatch -> ApplicationRun.pass(call, dispatch));
    }

    private static boolean unsafe(String path) {
        Optional<String> complaint = SafeTarget.complaint(path);
        complaint.ifPresent(text -> LOG.info("Refused with 400: the path {}", text));
        return complaint.isPresent();
    }
}
