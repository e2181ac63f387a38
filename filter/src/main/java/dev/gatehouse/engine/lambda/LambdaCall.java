package dev.gatehouse.engine.lambda;

import java.time.Duration;
import java.util.Objects;

/**
 * One call of a function.
 *
 * @param function which one
 * @param payload the event, JSON; an empty one counts as <code>{}</code>
 * @param invocationType whether somebody waits for the answer
 * @param timeout after which nobody waits any longer; positive
 * @param clientContext as in {@code X-Amz-Client-Context}, Base64 of JSON; null where there is none
 * @param roleArn in whose name; null where the function itself permits the call
 */
public record LambdaCall(
        FunctionName function,
        byte[] payload,
        InvocationType invocationType,
        Duration timeout,
        String clientContext,
        String roleArn) {

    public enum InvocationType {
        /** The answer is waited for. */
        REQUEST_RESPONSE("RequestResponse"),
        /** The call is accepted, its answer is nobody's. */
        EVENT("Event");

        private final String wireName;

        InvocationType(String wireName) {
            this.wireName = wireName;
        }

        /** As in {@code X-Amz-Invocation-Type}. */
        public String wireName() {
            return wireName;
        }
    }

    public LambdaCall {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(invocationType, "invocationType");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, but is " + timeout);
        }
    }

    /** A call that the function itself permits. */
    public LambdaCall(
            FunctionName function,
            byte[] payload,
            InvocationType invocationType,
            Duration timeout,
            String clientContext) {
        this(function, payload, invocationType, timeout, clientContext, null);
    }

    /** A call that waits for the answer. */
    public static LambdaCall of(FunctionName function, byte[] payload, Duration timeout) {
        return new LambdaCall(function, payload, InvocationType.REQUEST_RESPONSE, timeout, null);
    }

    /** @param arn in whose name; null where the function itself permits the call */
    public LambdaCall as(String arn) {
        return new LambdaCall(function, payload, invocationType, timeout, clientContext, arn);
    }
}
