package dev.gatehouse.dataplane.flow;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What a step says that may have to wait: something already, or something later. */
sealed interface Awaited<T> {

    record Now<T>(Outcome<T> outcome) implements Awaited<T> {}

    /** @param outcome nobody has to wait for the thread that completes it */
    record Later<T>(CompletionStage<Outcome<T>> outcome) implements Awaited<T> {}

    static <T> Awaited<T> passed(T value) {
        return new Now<>(Outcome.passed(value));
    }

    static <T> Awaited<T> refused(Refusal refusal) {
        return new Now<>(Outcome.refused(refusal));
    }

    /** What is there already is not waited for. */
    static <T> Awaited<T> of(CompletionStage<Outcome<T>> outcome) {
        CompletableFuture<Outcome<T>> future = outcome.toCompletableFuture();
        boolean there = future.isDone() && !future.isCompletedExceptionally();
        return there ? new Now<>(future.join()) : new Later<>(outcome);
    }

    default <R> R fold(Function<Outcome<T>, R> now, Function<CompletionStage<Outcome<T>>, R> later) {
        return this instanceof Now<T> answer ? now.apply(answer.outcome) : later.apply(((Later<T>) this).outcome);
    }
}
