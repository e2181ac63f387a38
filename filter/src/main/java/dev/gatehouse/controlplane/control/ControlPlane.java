package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.controlplane.control.Operations.Match;
import dev.gatehouse.controlplane.sdk.GeneratorLibrary;
import dev.gatehouse.controlplane.sdk.SdkGenerator;
import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.http.Headers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the calls of Amazon's tools: lets in, finds the operation, runs it in the region of the call, renders what comes of it. Thread-safe. A call may
 * block as long as the store does.
 */
public final class ControlPlane {

    private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);

    private final Regions regions;
    private final Gatekeeper gatekeeper;
    private final Home home;
    private final SdkGenerator sdks;
    private final List<Service> besides;

    /** With OpenAPI Generator from the class path, if it is there. */
    public ControlPlane(
            DefinitionStore store,
            Supplier<Declarations> declared,
            DataPlane dataPlane,
            Gatekeeper gatekeeper,
            Home home) {
        this(
                store,
                declared,
                dataPlane,
                gatekeeper,
                home,
                SdkGenerator.of(GeneratorLibrary.onClassPath(ControlPlane.class.getClassLoader())),
                List.of());
    }

    /**
     * @param declared what the configuration declares now, which belongs to the region of {@code home}; the same object as long as it is the same
     * @param sdks makes what GetSdk answers
     * @param besides answer what is signed for them; the gatekeeper is not asked then
     */
    public ControlPlane(
            DefinitionStore store,
            Supplier<Declarations> declared,
            DataPlane dataPlane,
            Gatekeeper gatekeeper,
            Home home,
            SdkGenerator sdks,
            List<Service> besides) {
        this.gatekeeper = Objects.requireNonNull(gatekeeper, "gatekeeper");
        this.home = Objects.requireNonNull(home, "home");
        this.regions = new Regions(
                Objects.requireNonNull(store, "store"),
                Objects.requireNonNull(declared, "declared"),
                Objects.requireNonNull(dataPlane, "dataPlane"),
                home.region());
        this.sdks = Objects.requireNonNull(sdks, "sdks");
        this.besides = List.copyOf(besides);
    }

    /**
     * Has served what the store says, where it has changed since the last time: to be called at the start, and every now and
     * then where other processes write to the same store.
     */
    public void refresh() {
        regions.refresh();
    }

    /** @return the answer, also to a wrong call; never fails */
    public ControlResponse answer(ControlRequest request) {
        String requestId = new UUID(home.random().getAsLong(), home.random().getAsLong()).toString();
        for (Service service : besides) {
            if (isSignedFor(request, service)) {
                return service.answer(request, requestId);
            }
        }
        try {
            Caller caller = gatekeeper.admit(request, region -> tags(request, region));
            Target target = Target.of(request);
            Match match = Operations.ALL
                    .find(request.method(), target)
                    .orElseThrow(() -> ControlError.unknownOperation(
                            "There is no operation " + request.method() + " " + request.path()));
            Call call = call(request, target, match.labels(), caller);
            Answer answer = match.operation().work().apply(call);
            log(match.operation(), caller, request);
            return new ControlResponse(match.operation().success(), ids(answer.headers(), requestId), answer.body());
        } catch (ControlError error) {
            return render(error, requestId);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("Control plane request {} failed", requestId, e);
            return render(ControlError.internal(), requestId);
        }
    }

    /** Whether it is, will be seen: this only tells who is to look. */
    private static boolean isSignedFor(ControlRequest request, Service service) {
        String authorization = request.headers().first("Authorization");
        return authorization != null && authorization.contains("/" + service.name() + "/aws4_request");
    }

    private Call call(ControlRequest request, Target target, Map<String, String> labels, Caller caller) {
        Regions.Region region = regions.in(caller.region());
        return new Call(
                request,
                target,
                labels,
                caller,
                home.in(caller.region()),
                regions.accountThrottle(),
                region.store(),
                region.publisher(),
                sdks);
    }

    private Map<String, String> tags(ControlRequest request, String region) {
        Target target = Target.of(request);
        Call call = call(request, target, Map.of(), new Caller("the gatekeeper", region));
        return call.read(reading -> TagOperations.around(reading, call, target));
    }

    /** Who changed what is worth keeping; who looked is not. */
    private static void log(Operation operation, Caller caller, ControlRequest request) {
        if (operation.method().equals("GET")) {
            LOG.debug("{} by {}: {}", operation.name(), caller.principal(), request.path());
        } else {
            LOG.info("{} by {}: {}", operation.name(), caller.principal(), request.path());
        }
    }

    private static ControlResponse render(ControlError error, String requestId) {
        Headers.Builder headers =
                Headers.builder().add("Content-Type", "application/json").add("x-amzn-ErrorType", error.type());
        if (error.retryAfterSeconds() != null) {
            headers.add("Retry-After", error.retryAfterSeconds().toString());
        }
        ObjectNode body = Documents.object().put("message", error.getMessage());
        return new ControlResponse(error.status(), ids(headers.build(), requestId), Documents.bytes(body));
    }

    private static Headers ids(Headers headers, String requestId) {
        return headers.with("x-amzn-RequestId", requestId);
    }
}
