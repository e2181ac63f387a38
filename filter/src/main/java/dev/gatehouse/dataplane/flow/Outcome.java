package dev.gatehouse.dataplane.flow;

import java.util.function.Function;

/** What a step says: go on with this, or stop with that. */
sealed interface Outcome<T> {

    record Passed<T>(T value) implements Outcome<T> {}

    /** @param learnt what the step came to know before it refused; null where nothing */
    record Refused<T>(Refusal refusal, Phase learnt) implements Outcome<T> {}

    static <T> Outcome<T> passed(T value) {
        return new Passed<>(value);
    }

    static <T> Outcome<T> refused(Refusal refusal) {
        return new Refused<>(refusal, null);
    }

    default <R> R fold(Function<? super T, ? extends R> passed, Function<Refused<T>, ? extends R> refused) {
        if (this instanceof Passed<T> p) {
            return passed.apply(p.value());
        }
        return refused.apply((Refused<T>) this);
    }
}
