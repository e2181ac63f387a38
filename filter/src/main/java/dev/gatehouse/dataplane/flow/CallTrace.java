package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.observe.KeptTraces;
import dev.gatehouse.dataplane.observe.Trace;
import dev.gatehouse.dataplane.observe.TraceDelivery;
import dev.gatehouse.dataplane.observe.TraceDemands;
import dev.gatehouse.dataplane.snapshot.ResponseMappings.ResponseMapping;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one call: what each step came to and how long it took. Of a call that nobody traces there is none. Steps come one after the
 * other, though not always on one thread.
 */
final class CallTrace {

    /**
     * What a step has done that its phase does not tell.
     *
     * @param name of the template
     * @param output null where rendering failed
     */
    record Rendering(String name, String input, String output) {}

    /**
     * @param after as before where the step refused without having learnt anything
     * @param refusal null where the call went on
     * @param rendering null where there was no template
     * @param selected the integration response; null where none was
     */
    record Step(
            Phase before, Phase after, Refusal refusal, long nanos, Rendering rendering, ResponseMapping selected) {}

    private static final Logger LOG = LoggerFactory.getLogger(RestApiFlow.class);

    private final TraceDelivery delivery;
    private final KeptTraces kept;
    private final long started = System.nanoTime();
    private final List<Step> steps = new ArrayList<>();
    private Rendering rendering;
    private ResponseMapping selected;
    private Phase last;
    private Refusal refusal;

    /** @param kept null where it is to be nowhere but in the answer */
    CallTrace(TraceDelivery delivery, KeptTraces kept) {
        this.delivery = delivery;
        this.kept = kept;
    }

    /** The step, with an eye on it. */
    <T extends Phase, R extends Phase> Function<T, Outcome<R>> watching(Function<T, Outcome<R>> step) {
        return before -> {
            long begun = System.nanoTime();
            Outcome<R> outcome = step.apply(before);
            seen(before, outcome, begun);
            return outcome;
        };
    }

    /** The same for a step that may have to wait; what it waits counts. */
    <T extends Phase, R extends Phase> Function<T, Awaited<R>> watchingWaits(Function<T, Awaited<R>> step) {
        return before -> {
            long begun = System.nanoTime();
            return step.apply(before)
                    .fold(
                            outcome -> {
                                seen(before, outcome, begun);
                                return new Awaited.Now<>(outcome);
                            },
                            later -> new Awaited.Later<>(later.thenApply(outcome -> {
                                seen(before, outcome, begun);
                                return outcome;
                            })));
        };
    }

    private <R extends Phase> void seen(Phase before, Outcome<R> outcome, long begun) {
        outcome.fold(
                phase -> {
                    step(before, phase, null, begun);
                    return null;
                },
                refused -> {
                    step(before, refused.learnt() == null ? before : refused.learnt(), refused.refusal(), begun);
                    return null;
                });
    }

    private synchronized void step(Phase before, Phase after, Refusal refused, long startedNanos) {
        steps.add(new Step(before, after, refused, System.nanoTime() - startedNanos, rendering, selected));
        rendering = null;
        selected = null;
        last = after;
    }

    synchronized void rendered(String name, String input, String output) {
        rendering = new Rendering(name, input, output);
    }

    synchronized void selected(ResponseMapping mapping) {
        selected = mapping;
    }

    /** Whatever refuses, this is where it ends. */
    synchronized void refused(Phase phase, Refusal reason) {
        last = phase;
        refusal = reason;
    }

    /** @return what the client gets; never fails */
    GatewayResponse ended(GatewayResponse response) {
        try {
            return told(response);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("A trace cannot be written", e);
            return response;
        }
    }

    private synchronized GatewayResponse told(GatewayResponse response) {
        long nanos = System.nanoTime() - started;
        byte[] document = new TraceDocument(last).write(List.copyOf(steps), refusal, response, nanos);
        if (kept != null) {
            kept.keep(new Trace(
                    last.context().call().requestId(),
                    last.stage().apiId(),
                    last.stage().stageName(),
                    last.context().call().requestTime(),
                    last.arrived().request().method(),
                    last.context().resource() == null
                            ? null
                            : last.context().resource().path(),
                    response.status(),
                    document));
        }
        if (delivery == TraceDelivery.KEEP || !(response.body() instanceof GatewayResponse.Body.Bytes)) {
            return response;
        }
        Headers.Builder headers = Headers.builder().add("Content-Type", "application/json");
        return GatewayResponse.of(200, ClientHeaders.identified(last, headers).build(), document);
    }

    /** So that the client knows what to ask for. */
    void name(Phase phase, Headers.Builder headers) {
        headers.set(TraceDemands.HEADER, phase.context().call().requestId());
    }
}
