package dev.gatehouse.engine.lambda;

import java.util.concurrent.CompletionStage;

/** Calls Lambda functions. Implementations are thread-safe and never block the caller. */
@FunctionalInterface
public interface LambdaInvoker {

    /**
     * @return what the function answered, its own errors included; fails with {@link LambdaException} only. The stage may
     *     complete on a thread that others are waiting for: what follows must not block there
     */
    CompletionStage<LambdaResult> invoke(LambdaCall call);
}
