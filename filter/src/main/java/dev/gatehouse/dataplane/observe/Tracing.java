package dev.gatehouse.dataplane.observe;

import dev.gatehouse.http.GatewayRequest;
import java.util.Set;

/** Which calls are traced: those of some stages that demand it. Thread-safe. */
public final class Tracing {

    /** No call of any stage. */
    public static final Tracing OFF = new Tracing(Set.of(), null, null);

    /** A stage by the id of its API and its own name. */
    public record TracedStage(String restApiId, String stageName) {}

    private final Set<TracedStage> stages;
    private final TraceDemands demands;
    private final KeptTraces kept;

    /** @param kept where traces go */
    public Tracing(Set<TracedStage> stages, TraceDemands demands, KeptTraces kept) {
        this.stages = Set.copyOf(stages);
        this.demands = demands;
        this.kept = kept;
    }

    /** @return null where the call is not to be traced */
    public TraceDelivery demanded(GatewayRequest request, String restApiId, String stageName) {
        return stages.isEmpty() || !stages.contains(new TracedStage(restApiId, stageName)) ? null : demands.of(request);
    }

    /** Where traces go; null where there will be none. */
    public KeptTraces kept() {
        return kept;
    }
}
