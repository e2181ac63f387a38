package dev.gatehouse.http;

import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** The application behind the filter, for one request. It runs on a thread of the container. */
public interface Downstream {

    /**
     * Lets the application answer the client itself: it reads the client's body as it arrives and what it writes leaves at
     * once.
     *
     * @param context what the application may learn of the gateway's view of the call: request attribute {@link
     *     GatewayContext#ATTRIBUTE}
     * @param call verb, target (scheme {@code servlet}) and the headers the application is to see; its body
     *     replaces the client's where it has one, because the gateway had to read that first
     * @param head applied to the application's header lines before the first byte leaves
     * @return status and headers as sent, with {@link GatewayResponse.Body.Sent}
     */
    CompletionStage<GatewayResponse> stream(GatewayContext context, BackendRequest call, UnaryOperator<Headers> head);

    /**
     * Gives the application a request of the gateway's making and collects its answer.
     *
     * @return the answer; fails with {@link BackendException} where it is larger than the limit, and with whatever the
     *     application threw
     */
    CompletionStage<BackendReply> exchange(GatewayContext context, BackendRequest call);

    /** Lets the request through as if the filter were not there; no header is touched. */
    CompletionStage<GatewayResponse> pass();

    /** Where no application is behind the gateway, as in a test of a template. */
    Downstream NONE = new Downstream() {
        @Override
        public CompletionStage<GatewayResponse> stream(
                GatewayContext context, BackendRequest call, UnaryOperator<Headers> head) {
            throw new BackendException(BackendException.Reason.INVALID_ENDPOINT, "no application behind this gateway");
        }

        @Override
        public CompletionStage<GatewayResponse> pass() {
            throw new BackendException(BackendException.Reason.INVALID_ENDPOINT, "no application behind this gateway");
        }

        @Override
        public CompletionStage<BackendReply> exchange(GatewayContext context, BackendRequest call) {
            throw new BackendException(BackendException.Reason.INVALID_ENDPOINT, "no application behind this gateway");
        }
    };
}
