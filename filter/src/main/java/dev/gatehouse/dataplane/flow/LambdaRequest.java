package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Mapped;
import dev.gatehouse.dataplane.flow.Phase.Valid;
import dev.gatehouse.dataplane.integration.LambdaProxyEvent;
import dev.gatehouse.dataplane.integration.ProxyCall;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Lambda;
import dev.gatehouse.dataplane.snapshot.ResponseType;
import dev.gatehouse.engine.expression.CallFacts;
import dev.gatehouse.engine.lambda.LambdaCall;
import dev.gatehouse.http.Headers;

/** From a method request to a function's payload. */
final class LambdaRequest {

    private LambdaRequest() {}

    static Mapped map(Valid valid, Lambda lambda) {
        RequestBody body = lambda.proxy() ? RequestBody.passing(valid) : RequestBody.of(valid, lambda.request());
        CallFacts facts = body.facts();
        LambdaCall call = lambda.proxy() ? proxy(valid, lambda, body) : custom(valid, lambda, body);
        return new Mapped(valid, facts, new BackendCall.Function(call));
    }

    private static LambdaCall proxy(Valid valid, Lambda lambda, RequestBody body) {
        Headers headers = BackendHeaders.event(valid, lambda.request(), body.facts());
        requireCallable(lambda);
        byte[] event = LambdaProxyEvent.write(new ProxyCall(
                valid.arrived().eventPath(),
                headers,
                valid.arrived().query(),
                valid.matched().pathParameters(),
                body.facts().stageVariables(),
                valid.context(),
                body.rendered().bytes(),
                body.rendered() instanceof Content.Binary));
        return LambdaCall.of(lambda.function(), event, lambda.timeout()).as(lambda.roleArn());
    }

    private static LambdaCall custom(Valid valid, Lambda lambda, RequestBody body) {
        Headers headers = BackendHeaders.custom(valid, lambda.request(), body.facts(), BackendHeaders.Kind.AWS);
        requireCallable(lambda);
        boolean event = "Event".equals(headers.last("X-Amz-Invocation-Type"));
        return new LambdaCall(
                lambda.function(),
                body.rendered().bytes(),
                event ? LambdaCall.InvocationType.EVENT : LambdaCall.InvocationType.REQUEST_RESPONSE,
                lambda.timeout(),
                headers.last("X-Amz-Client-Context"),
                lambda.roleArn());
    }

    /** Amazon deploys other verbs, says 500 on every call and still calls the failure INTEGRATION_FAILURE (recorded). */
    private static void requireCallable(Lambda lambda) {
        if (!lambda.callable()) {
            Refusal refusal = Refusal.typed(
                    ResponseType.INTEGRATION_FAILURE,
                    "Internal server error",
                    "Lambda functions are called with POST only");
            throw new RefusedMapping(refusal.withStatus(500));
        }
    }
}
