package dev.gatehouse.dataplane.integration;

import dev.gatehouse.http.BodyStream;
import dev.gatehouse.http.StreamedReply;
import java.util.concurrent.CompletionStage;

/**
 * How the function of a Lambda proxy integration begins an answer that streams: metadata in JSON, eight NUL bytes, and from then on the
 * body. Source: API Gateway developer guide, "Set up a Lambda proxy integration with payload response streaming".
 */
public sealed interface LambdaProxyHead {

    /**
     * A beginning that keeps to the format.
     *
     * @param reply status 200 to 599; headers as the function gave them, cookies as {@code Set-Cookie} behind them, no default added; the
     *     body as it goes on
     */
    record Head(StreamedReply reply) implements LambdaProxyHead {}

    /**
     * Anything else: the client gets a 502. Nobody takes the rest of the stream.
     *
     * @param reason for the execution log; quotes no values
     */
    record Malformed(String reason) implements LambdaProxyHead {}

    /** @return what the stream begins with; fails as the stream does */
    static CompletionStage<LambdaProxyHead> read(BodyStream stream) {
        return BodyStream.until(stream, new LambdaProxyHeadReader(stream)::took);
    }
}
