package dev.gatehouse.engine.lambda;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Calls Lambda functions. Implementations are thread-safe and never block the caller. */
@FunctionalInterface
public interface LambdaInvoker {

    /**
     * @return what the function answered, its own errors included; fails with {@link LambdaException} only. The stage may
     *     complete on a thread that others are waiting for: what follows must not block there
     */
    CompletionStage<LambdaResult> invoke(LambdaCall call);

    /**
     * As {@link #invoke}, but hands over what the function answers while it is still answering. What cannot do that hands over whole
     * answers.
     *
     * @param call waits for the answer; its timeout is for the whole of the stream
     * @param idle how long the function may be silent
     * @return fails with {@link LambdaException} only, and so does its stream: as {@code FUNCTION_FAILED} where the function did not
     *     come to its end
     */
    default CompletionStage<LambdaStream> stream(LambdaCall call, Duration idle) {
        return invoke(call).thenApply(LambdaStream::of);
    }
}
