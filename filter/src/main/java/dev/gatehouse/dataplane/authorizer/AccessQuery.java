package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.engine.expression.CallFacts;
import dev.gatehouse.engine.lambda.LambdaInvoker;
import dev.gatehouse.http.GatewayRequest;
import java.util.concurrent.CompletionStage;

/** One call that wants to know whether it may go on. Belongs to the call. */
public interface AccessQuery {

    /** The call as expressions see it: visible headers, decoded query, path parameters, {@code $context} so far. */
    CallFacts facts();

    /** The request as it came; its body must be read through {@link #body} only. */
    GatewayRequest request();

    /**
     * What the call is in policies: {@code arn:aws:execute-api:{region}:{account}:{api}/{stage}/{VERB}/{path}}.
     *
     * <p>The path is the one that was routed: without repeated slashes in front and one slash at the end, which routing ignores.
     */
    String methodArn();

    /**
     * The bytes as received, compressed where the client compressed them. Reads the body when first asked, so a caller who is
     * refused for other reasons makes nobody buffer anything.
     *
     * @return fails where the body is too large or the client goes away; hand the failure on, the flow words it
     */
    CompletionStage<byte[]> body();

    /** What the function of a REQUEST authorizer is told of the call: JSON. */
    byte[] requestEvent();

    /** The functions of the deployment that serves the call. */
    LambdaInvoker functions();

    /** Who is told how the decision is made. */
    default Witness witness() {
        return Witness.NONE;
    }
}
