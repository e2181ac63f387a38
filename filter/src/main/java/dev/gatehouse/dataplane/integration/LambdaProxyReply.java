package dev.gatehouse.dataplane.integration;

import dev.gatehouse.engine.lambda.LambdaResult;
import dev.gatehouse.http.Headers;
import java.util.function.Function;

/**
 * What the function of a Lambda proxy integration answered, payload format 1.0. Source: API Gateway developer guide, "Output
 * format of a Lambda function for proxy integration", and recordings.
 */
public sealed interface LambdaProxyReply {

    /**
     * An answer that keeps to the format.
     *
     * @param status 200 to 599; 200 where the function gave none
     * @param headers as the function gave them; no default is added
     * @param body empty where there is none; never null
     */
    record Answer(int status, Headers headers, byte[] body) implements LambdaProxyReply {}

    /**
     * Anything else: the client gets a 502.
     *
     * @param reason for the execution log; quotes no values
     */
    record Malformed(String reason) implements LambdaProxyReply {}

    /**
     * @param decodeBinary whether a body marked {@code isBase64Encoded} is decoded, which depends on what the client accepts and
     *     on the API's binary media types; otherwise the Base64 text itself is the body
     */
    static LambdaProxyReply of(LambdaResult result, boolean decodeBinary) {
        return result.failed()
                ? new Malformed("function error " + result.functionError())
                : parse(result.payload(), decodeBinary);
    }

    /** @param decodeBinary see {@link #of} */
    static LambdaProxyReply parse(byte[] payload, boolean decodeBinary) {
        return LambdaProxyReplyReader.read(payload, decodeBinary);
    }

    default <R> R fold(
            Function<? super Answer, ? extends R> answer, Function<? super Malformed, ? extends R> malformed) {
        if (this instanceof Answer wellFormed) {
            return answer.apply(wellFormed);
        }
        return malformed.apply((Malformed) this);
    }
}
