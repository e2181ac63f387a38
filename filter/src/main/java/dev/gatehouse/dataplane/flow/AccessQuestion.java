package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.authorizer.AccessQuery;
import dev.gatehouse.dataplane.authorizer.Witness;
import dev.gatehouse.dataplane.flow.Phase.Matched;
import dev.gatehouse.dataplane.integration.LambdaAuthorizerEvent;
import dev.gatehouse.dataplane.integration.ProxyCall;
import dev.gatehouse.engine.expression.CallFacts;
import dev.gatehouse.engine.lambda.LambdaInvoker;
import dev.gatehouse.http.GatewayRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a method's access may ask of a call that was matched. */
final class AccessQuestion implements AccessQuery {

    private static final byte[] NO_BODY = new byte[0];

    private final Matched matched;
    private final LambdaInvoker functions;
    private CompletionStage<byte[]> body;
    private String arn;

    AccessQuestion(Matched matched, LambdaInvoker functions) {
        this.matched = matched;
        this.functions = functions;
    }

    @Override
    public CallFacts facts() {
        return matched.facts();
    }

    @Override
    public GatewayRequest request() {
        return matched.arrived().request();
    }

    @Override
    public String methodArn() {
        if (arn == null) {
            arn = matched.stage().arn() + "/" + request().method()
                    + ArnPath.of(matched.arrived().routedPath());
        }
        return arn;
    }

    @Override
    public CompletionStage<byte[]> body() {
        if (body == null) {
            body = new GatewayPayload(request().payload()).read();
        }
        return body;
    }

    @Override
    public byte[] requestEvent() {
        return LambdaAuthorizerEvent.write(
                methodArn(),
                new ProxyCall(
                        matched.arrived().eventPath(),
                        BackendHeaders.event(matched.arrived()),
                        matched.arrived().query(),
                        matched.pathParameters(),
                        matched.stage().variables(),
                        matched.context(),
                        NO_BODY,
                        false));
    }

    @Override
    public LambdaInvoker functions() {
        return functions;
    }

    @Override
    public Witness witness() {
        return matched.access() == null ? Witness.NONE : matched.access();
    }

    /** @return null where nobody asked for the body */
    byte[] bodyIfRead() {
        CompletableFuture<byte[]> read = body == null ? null : body.toCompletableFuture();
        return read != null && read.isDone() ? read.join() : null;
    }
}
