package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Mapped;
import dev.gatehouse.dataplane.flow.Phase.Valid;
import dev.gatehouse.dataplane.integration.LambdaProxyEvent;
import dev.gatehouse.dataplane.integration.ProxyCall;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Lambda;
import dev.gatehouse.dataplane.snapshot.ResponseType;
import dev.gatehouse.engine.expression.CallFacts;
import dev.gatehouse.engine.json.Json;
import dev.gatehouse.engine.json.JsonObject;
import dev.gatehouse.engine.lambda.LambdaCall;
import dev.gatehouse.engine.lambda.LambdaCall.InvocationType;
import dev.gatehouse.http.Headers;
import java.nio.charset.StandardCharsets;

/** From a method request to a function's payload. */
final class LambdaRequest {

    private LambdaRequest() {}

    static Mapped map(Valid valid, Lambda lambda) {
        RequestBody body = lambda.proxy() ? RequestBody.passing(valid) : RequestBody.of(valid, lambda.request());
        CallFacts facts = body.facts();
        LambdaCall call = lambda.proxy() ? proxy(valid, lambda, body) : custom(valid, lambda, body);
        return new Mapped(
                valid, facts, new BackendCall.Function(call, lambda.idle(), refusal(lambda, body.rendered())));
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
        return new LambdaCall(
                lambda.function(),
                body.rendered().bytes(),
                invocationType(headers.last("X-Amz-Invocation-Type")),
                lambda.timeout(),
                headers.last("X-Amz-Client-Context"),
                lambda.roleArn());
    }

    /** A type that is not understood must not become a call that somebody did not mean. */
    private static InvocationType invocationType(String text) {
        if (text == null) {
            return InvocationType.REQUEST_RESPONSE;
        }
        for (InvocationType type : InvocationType.values()) {
            if (type.wireName().equals(text)) {
                return type;
            }
        }
        throw new RefusedMapping(
                Refusal.internal(
                        "Execution failed due to configuration error: X-Amz-Invocation-Type is neither Event nor RequestResponse"));
    }

    /** Lambda calls no function with what is no JSON, and says so in a document of its own (reported); null where it would. */
    private static byte[] refusal(Lambda lambda, Content payload) {
        if (lambda.proxy()
                || !(payload instanceof Content.Text text)
                || text.json().text().isEmpty()
                || text.json().isJson()) {
            return null;
        }
        JsonObject document = new JsonObject();
        document.put("Type", "User");
        document.put(
                "message",
                "Could not parse request body into json: "
                        + text.json().problem().getMessage());
        return Json.write(document).getBytes(StandardCharsets.UTF_8);
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
