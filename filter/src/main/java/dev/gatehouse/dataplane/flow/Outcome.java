package dev.gatehouse.dataplane.flow;

import java.util.function.Function;

/** What a step says: go on with this, or stop with that. */
sealed interface Outcome<T> {

    record Passed<T>(T value) implements Outcome<T> {}

    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    static <T> Outcome<T> passed(T value) {
        return new Passed<>(value);
    }

    static <T> Outcome<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    default <R> R fold(Function<? super T, ? extends R> passed, Function<Refusal, ? extends R> refused) {
        if (this instanceof Passed<T> p) {
            return passed.apply(p.value());
        }
        return refused.apply(((Refused<T>) this).refusal());
    }
}
