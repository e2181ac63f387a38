package dev.gatehouse.engine.lambda;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** One call of a function in this process. Whoever is first decides its answer: the function, or the one who gives it up. */
final class RunningFunction implements Runnable {

    private final LambdaFunction function;
    private final ClassLoader loader;
    private final byte[] payload;
    private final FunctionContext context;
    private final int maxAnswerBytes;
    private final AtomicBoolean decided = new AtomicBoolean();
    private final CompletableFuture<LambdaResult> answer = new CompletableFuture<>();

    /** Guarded by this; null unless the function is running, so that nobody else's work is ever interrupted. */
    private Thread thread;

    /** @param loader of the function's classes */
    RunningFunction(
            LambdaFunction function, ClassLoader loader, byte[] payload, FunctionContext context, int maxAnswerBytes) {
        this.function = function;
        this.loader = loader;
        this.payload = payload;
        this.context = context;
        this.maxAnswerBytes = maxAnswerBytes;
    }

    CompletionStage<LambdaResult> answer() {
        return answer;
    }

    FunctionContext context() {
        return context;
    }

    @Override
    public void run() {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(loader);
        enter(current);
        LambdaResult result;
        try {
            result = checked(function.call(payload, context));
        } catch (Throwable thrown) {
            // Even an error ends only this call: the runtime Amazon provides reports it in the same way.
            result = FunctionErrors.thrown(thrown);
        } finally {
            leave();
            current.setContextClassLoader(before);
        }
        if (decided.compareAndSet(false, true)) {
            answer.complete(result.named(context.requestId()));
        }
    }

    private LambdaResult checked(byte[] payload) {
        if (payload == null) {
            return LambdaResult.of(new byte[] {'n', 'u', 'l', 'l'});
        }
        return payload.length > maxAnswerBytes
                ? FunctionErrors.answerTooLarge(maxAnswerBytes)
                : LambdaResult.of(payload);
    }

    /** @param why what is answered instead; null to answer {@code instead} */
    void giveUp(LambdaException why, LambdaResult instead) {
        if (decided.compareAndSet(false, true)) {
            interrupt();
            if (why == null) {
                answer.complete(instead.named(context.requestId()));
            } else {
                answer.completeExceptionally(why);
            }
        }
    }

    private synchronized void enter(Thread current) {
        thread = current;
        if (decided.get()) {
            current.interrupt();
        }
    }

    private synchronized void leave() {
        thread = null;
        // An interrupt that came too late must not hit the next call on this thread.
        Thread.interrupted();
    }

    private synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
