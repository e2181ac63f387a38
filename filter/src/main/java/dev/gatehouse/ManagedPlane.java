package dev.gatehouse;

import dev.gatehouse.configuration.ControlPlaneConfiguration;
import dev.gatehouse.controlplane.control.ControlPlane;
import dev.gatehouse.controlplane.control.DataPlane;
import dev.gatehouse.controlplane.control.Gatekeeper;
import dev.gatehouse.controlplane.control.Home;
import dev.gatehouse.controlplane.control.IamGatekeeper;
import dev.gatehouse.controlplane.sdk.GeneratorLibrary;
import dev.gatehouse.controlplane.sdk.SdkGenerator;
import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.EncryptedStore;
import dev.gatehouse.controlplane.store.EncryptionKey;
import dev.gatehouse.controlplane.store.JdbcStore;
import dev.gatehouse.controlplane.store.StoreFailedException;
import dev.gatehouse.definition.Problem;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** A control plane that runs: with its store, and with what keeps it up to date. */
final class ManagedPlane implements AutoCloseable {

    private final ControlPlane controlPlane;
    private final AutoCloseable store;
    private final Polling polling;

    private ManagedPlane(ControlPlane controlPlane, AutoCloseable store, Polling polling) {
        this.controlPlane = controlPlane;
        this.store = store;
        this.polling = polling;
    }

    /**
     * What an embedder said of the control plane.
     *
     * @param store makes the store; null where the configuration says where it is
     * @param gatekeeper null for the one that goes by identities
     */
    record Wish(Supplier<DefinitionStore> store, Gatekeeper gatekeeper) {

        static final Wish NONE = new Wish(null, null);
    }

    /**
     * @return null where nobody wants one
     * @throws InvalidConfigurationException where it cannot be as it is wanted
     */
    static ManagedPlane open(
            Wish wish,
            GeneratorLibrary generator,
            Supplier<Serving> running,
            DataPlane dataPlane,
            InstantSource clock) {
        Serving serving = running.get();
        ControlPlaneConfiguration configured = serving.controlPlane();
        if (configured == null && wish.store() == null) {
            return null;
        }
        ControlPlaneConfiguration settings = configured == null ? ControlPlaneConfiguration.DEFAULTS : configured;
        if (wish.gatekeeper() == null && !serving.hasIdentities()) {
            throw invalid(
                    "",
                    "the control plane would let nobody in, for there is nobody who may sign: add somebody below"
                            + " identities");
        }
        DefinitionStore store = store(wish, settings);
        AutoCloseable own = wish.store() == null ? (AutoCloseable) store : () -> {};
        try {
            SdkGenerator sdks = SdkGenerator.of(() -> library(running.get().controlPlane(), generator));
            return start(
                    encrypted(store, settings),
                    own,
                    settings,
                    gatekeeper(wish, running, clock),
                    sdks,
                    running,
                    dataPlane,
                    clock);
        } catch (RuntimeException e) {
            close(own);
            throw e;
        }
    }

    private static ManagedPlane start(
            DefinitionStore store,
            AutoCloseable own,
            ControlPlaneConfiguration settings,
            Gatekeeper gatekeeper,
            SdkGenerator sdks,
            Supplier<Serving> running,
            DataPlane dataPlane,
            InstantSource clock) {
        Serving serving = running.get();
        // API keys come from these bits, so they are not those of identifiers and canaries
        SecureRandom secrets = new SecureRandom();
        Home home = new Home(serving.accountId(), serving.region(), clock, secrets::nextLong);
        ControlPlane plane = new ControlPlane(store, () -> running.get().declared(), dataPlane, gatekeeper, home, sdks);
        plane.refresh();
        // nobody else can write to a file of this process
        Polling polling =
                settings.directory() == null ? Polling.start(plane::refresh, settings.pollInterval()) : Polling.NONE;
        return new ManagedPlane(plane, own, polling);
    }

    /** The configuration may name another place each time that it is read again. */
    private static GeneratorLibrary library(ControlPlaneConfiguration configured, GeneratorLibrary otherwise) {
        return configured == null || configured.sdkGenerator() == null
                ? otherwise
                : GeneratorLibrary.at(configured.sdkGenerator());
    }

    private static Gatekeeper gatekeeper(Wish wish, Supplier<Serving> running, InstantSource clock) {
        return wish.gatekeeper() != null
                ? wish.gatekeeper()
                : new IamGatekeeper(
                        accessKeyId -> running.get().identities().find(accessKeyId),
                        running.get().accountId(),
                        clock,
                        address -> running.get().networks().contain(address));
    }

    private static DefinitionStore store(Wish wish, ControlPlaneConfiguration settings) {
        boolean named = settings.directory() != null || settings.dataSource() != null;
        if (wish.store() != null) {
            if (named) {
                throw invalid(
                        settings.directory() != null ? "/directory" : "/dataSource",
                        "the application gives the control plane a store, so there is none to be named here");
            }
            return wish.store().get();
        }
        if (!named) {
            throw invalid("", "has no store: one of the keys directory, dataSource is missing");
        }
        String place = settings.directory() != null ? "/directory" : "/dataSource";
        try {
            return settings.directory() != null
                    ? JdbcStore.in(settings.directory())
                    : JdbcStore.of(NamedDatabase.lookUp(settings.dataSource()));
        } catch (IllegalStateException | IllegalArgumentException | StoreFailedException e) {
            throw invalid(place, e.getMessage());
        }
    }

    private static DefinitionStore encrypted(DefinitionStore store, ControlPlaneConfiguration settings) {
        try {
            if (settings.encryptionKey() != null) {
                return EncryptedStore.over(store, EncryptionKey.parse(settings.encryptionKey()));
            }
            EncryptedStore.requirePlain(store);
            return store;
        } catch (IllegalArgumentException | StoreFailedException e) {
            throw invalid("/encryptionKey", e.getMessage());
        }
    }

    private static InvalidConfigurationException invalid(String pointer, String message) {
        return new InvalidConfigurationException(List.of(Problem.error("controlPlane", pointer, message)));
    }

    ControlPlane controlPlane() {
        return controlPlane;
    }

    /** Of no use any more then. */
    @Override
    public void close() {
        polling.close();
        close(store);
    }

    private static void close(AutoCloseable store) {
        try {
            store.close();
        } catch (Exception e) {
            throw new IllegalStateException("the store of the control plane cannot be closed", e);
        }
    }
}
