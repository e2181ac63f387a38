package dev.gatehouse.dataplane.flow;

import dev.gatehouse.http.GatewayResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A line of steps, each a function from what is known to what is known after it. A refusal skips the rest.
 *
 * <p>While nothing waits, everything runs on the calling thread and allocates no future: the application behind the filter is
 * then reached on the container's own thread. From the first step that has to wait, the rest runs where the answer arrives.
 *
 * @param <T> what is known at this point
 */
final class Flow<T extends Phase> {

    /** What is known so far, and the refusal that ended it, if one did. */
    private record Point(Phase phase, Refusal refusal) {}

    private final Point now;
    private final CompletionStage<Point> later;
    private final CallTrace watched;

    private Flow(Point now, CompletionStage<Point> later, CallTrace watched) {
        this.now = now;
        this.later = later;
        this.watched = watched;
    }

    static <T extends Phase> Flow<T> start(T phase) {
        return new Flow<>(new Point(phase, null), null, phase.arrived().watched());
    }

    /** A step that has its answer at once. */
    <R extends Phase> Flow<R> then(Function<T, Outcome<R>> step) {
        Function<T, Outcome<R>> seen = watched == null ? step : watched.watching(step);
        return later == null
                ? new Flow<>(advance(now, seen), null, watched)
                : new Flow<>(null, later.thenApply(point -> advance(point, seen)), watched);
    }

    /** A step that may have to wait for somebody else. */
    <R extends Phase> Flow<R> thenAwait(Function<T, Awaited<R>> step) {
        Function<T, Awaited<R>> seen = watched == null ? step : watched.watchingWaits(step);
        return later == null
                ? begin(now, seen, watched)
                : new Flow<>(
                        null,
                        later.thenCompose(point -> begin(point, seen, null).stage()),
                        watched);
    }

    /** The end of the line: every refusal of every step is worded in one place. */
    CompletionStage<GatewayResponse> orRefuse(
            Function<T, GatewayResponse> end, BiFunction<Phase, Refusal, GatewayResponse> refuse) {
        return later == null
                ? CompletableFuture.completedFuture(finish(now, end, refuse))
                : later.thenApply(point -> finish(point, end, refuse));
    }

    private static <T extends Phase> GatewayResponse finish(
            Point point, Function<T, GatewayResponse> end, BiFunction<Phase, Refusal, GatewayResponse> refuse) {
        return point.refusal == null ? end.apply(reached(point)) : refuse.apply(point.phase, point.refusal);
    }

    private static <T extends Phase, R extends Phase> Point advance(Point point, Function<T, Outcome<R>> step) {
        return point.refusal == null ? move(point, step.apply(reached(point))) : point;
    }

    private static <T extends Phase, R extends Phase> Flow<R> begin(
            Point point, Function<T, Awaited<R>> step, CallTrace watched) {
        if (point.refusal != null) {
            return new Flow<>(point, null, watched);
        }
        return step.apply(reached(point))
                .fold(
                        outcome -> new Flow<>(move(point, outcome), null, watched),
                        outcome -> new Flow<>(null, outcome.thenApply(known -> move(point, known)), watched));
    }

    private CompletionStage<Point> stage() {
        return later == null ? CompletableFuture.completedFuture(now) : later;
    }

    private static <R extends Phase> Point move(Point from, Outcome<R> outcome) {
        return outcome.fold(
                phase -> new Point(phase, null),
                refused -> new Point(refused.learnt() == null ? from.phase : refused.learnt(), refused.refusal()));
    }

    /** Safe: {@code then} and {@code thenAwait} are the only ways on, and they keep phase and type together. */
    @SuppressWarnings("unchecked")
    private static <T extends Phase> T reached(Point point) {
        return (T) point.phase;
    }
}
