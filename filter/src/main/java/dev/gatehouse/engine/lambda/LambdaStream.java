package dev.gatehouse.engine.lambda;

import dev.gatehouse.engine.lambda.LambdaException.Reason;
import dev.gatehouse.http.BodyStream;

/**
 * What a function answers, while it is still answering.
 *
 * @param payload any bytes, to be taken to their end, or cancelled, which ends the call; fails with {@link LambdaException}
 * @param requestId of the call, as whoever runs the function has it; null where nobody said
 */
public record LambdaStream(BodyStream payload, String requestId) {

    /** What was answered in one piece. */
    static LambdaStream of(LambdaResult result) {
        if (result.failed()) {
            throw failure(result);
        }
        return new LambdaStream(BodyStream.of(result.payload()), result.requestId());
    }

    /** @param failed the error of a function, which is for logs only */
    static LambdaException failure(LambdaResult failed) {
        return new LambdaException(
                Reason.FUNCTION_FAILED, failed.functionError() + ": " + LogLine.of(failed.payload()));
    }
}
