package dev.gatehouse;

import dev.gatehouse.controlplane.control.ControlPlane;
import dev.gatehouse.controlplane.control.DataPlane;
import dev.gatehouse.dataplane.observe.KeptTraces;
import dev.gatehouse.dataplane.snapshot.AddressTable.Address;
import dev.gatehouse.dataplane.snapshot.AddressTable.Binding;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.engine.limit.ClusterLimits;
import dev.gatehouse.engine.limit.Limits;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway: answers requests by the stages that are deployed. Thread-safe.
 *
 * <p>What is served is one reference. A request under way keeps what it began with.
 */
public final class Gatehouse implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gatehouse.class);

    private final Deployer deployer;
    private final AtomicReference<Serving> serving = new AtomicReference<>();
    private final FrontDoor frontDoor;
    private final ControlledStages controlled;
    private final ManagedPlane managed;
    private Serving declared;

    /** @param managing starts the control plane; gives null where there is to be none */
    Gatehouse(Deployer deployer, BiFunction<Supplier<Serving>, DataPlane, ManagedPlane> managing) {
        this.deployer = deployer;
        this.controlled = new ControlledStages(
                serving::get,
                this::serveAll,
                deployer.authorizerCache()::flush,
                deployer::counting,
                deployer.linkTargets(),
                deployer.traces());
        this.frontDoor = new FrontDoor(deployer.ids());
        try {
            declared = deployer.deploy();
            serving.set(declared);
            managed = managing.apply(serving::get, controlled);
            if (managed != null) {
                deployer.keep(managed.identities());
            }
        } catch (RuntimeException e) {
            deployer.close();
            throw e;
        }
    }

    public static GatehouseBuilder builder() {
        return new GatehouseBuilder();
    }

    /** @return the answer; never fails. It may come on any thread */
    public CompletionStage<GatewayResponse> serve(GatewayRequest request) {
        Serving current = serving.get();
        if (!FrontDoor.readable(request.path())) {
            return frontDoor.badRequest();
        }
        Optional<Address> address = current.addresses().find(request.host(), request.path());
        if (address.isPresent()) {
            return current.flow().serve(request, address.get());
        }
        return current.passesUnmatched() ? request.downstream().pass() : frontDoor.forbidden();
    }

    /**
     * Whether an address is that of an API, by a domain name or a form of invoke URLs: what else shares a mapping with the gateway
     * leaves such requests to it. A base path alone does not make one.
     *
     * @param host the Host header as sent
     * @param path the raw path below the gateway's mapping
     */
    public boolean isInvokeUrl(String host, String path) {
        return serving.get().addresses().isInvokeUrl(host, path);
    }

    /**
     * Reads configuration and documents again and serves what they say. While there is a problem nothing changes: what was
     * being served goes on being served. Calls under way end on the deployment they began with, its functions included.
     *
     * @return all problems; empty where the new deployment serves
     */
    public synchronized List<Problem> redeploy() {
        try {
            declared = deployer.deploy();
            serveAll();
            stages().forEach(stage -> LOG.info("Redeployed: {}", stage));
            return List.of();
        } catch (InvalidConfigurationException e) {
            LOG.warn("Not redeployed, what was served is served on: {}", e.getMessage());
            return e.problems();
        }
    }

    private synchronized void serveAll() {
        serving.set(declared.and(controlled.bindings(), controlled.domains()));
    }

    /** What counts calls: Resilience4j's registry and events, and how clients stand. The same as long as the gateway lives. */
    public Limits limits() {
        return deployer.counting().limits();
    }

    /** What counts calls together with other nodes; empty for a gateway of one node. */
    public Optional<ClusterLimits> cluster() {
        return Optional.ofNullable(deployer.counting().cluster());
    }

    /** What happened to the latest calls that demanded to be traced. The same as long as the gateway lives. */
    public KeptTraces traces() {
        return deployer.traces();
    }

    /** What answers Amazon's tools; empty unless the configuration or the builder has one. */
    public Optional<ControlPlane> controlPlane() {
        return Optional.ofNullable(managed).map(ManagedPlane::controlPlane);
    }

    /** What is being served: the stages of the control plane, and those of the configuration in its order. */
    public List<StageListing> stages() {
        return serving.get().addresses().bindings().stream()
                .map(binding -> new StageListing(
                        binding.stage().apiId(),
                        binding.stage().apiName(),
                        binding.stage().stageName(),
                        binding.stage().deploymentId(),
                        path(binding)))
                .toList();
    }

    private static String path(Binding binding) {
        return binding.basePath() == null
                ? "/_aws/execute-api/" + binding.stage().apiId() + "/"
                        + binding.stage().stageName()
                : "/" + binding.basePath();
    }

    /** Whoever waits for a function or a backend is refused at once; nothing is called any more. */
    @Override
    public void close() {
        if (managed != null) {
            managed.close();
        }
        deployer.close();
    }
}
