package dev.gatehouse;

import dev.gatehouse.configuration.ControlPlaneConfiguration;
import dev.gatehouse.controlplane.control.ControlPlane;
import dev.gatehouse.controlplane.control.DataPlane;
import dev.gatehouse.controlplane.control.Gatekeeper;
import dev.gatehouse.controlplane.control.Home;
import dev.gatehouse.controlplane.control.IamGatekeeper;
import dev.gatehouse.controlplane.control.Service;
import dev.gatehouse.controlplane.control.Signatories;
import dev.gatehouse.controlplane.iam.Iam;
import dev.gatehouse.controlplane.iam.StoredIdentities;
import dev.gatehouse.controlplane.sdk.GeneratorLibrary;
import dev.gatehouse.controlplane.sdk.SdkGenerator;
import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.EncryptedStore;
import dev.gatehouse.controlplane.store.EncryptionKey;
import dev.gatehouse.controlplane.store.JdbcStore;
import dev.gatehouse.controlplane.store.StoreFailedException;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.engine.identity.IdentitySource;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** A control plane that runs: with its store, and with what keeps it up to date. */
final class ManagedPlane implements AutoCloseable {

    private final ControlPlane controlPlane;
    private final IdentitySource identities;
    private final AutoCloseable store;
    private final Polling polling;

    private ManagedPlane(ControlPlane controlPlane, IdentitySource identities, AutoCloseable store, Polling polling) {
        this.controlPlane = controlPlane;
        this.identities = identities;
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
        DefinitionStore store = store(wish, settings);
        AutoCloseable own = wish.store() == null ? (AutoCloseable) store : () -> {};
        try {
            SdkGenerator sdks = SdkGenerator.of(() -> library(running.get().controlPlane(), generator));
            return start(encrypted(store, settings), own, settings, wish, sdks, running, dataPlane, clock);
        } catch (RuntimeException e) {
            close(own);
            throw e;
        }
    }

    private static ManagedPlane start(
            DefinitionStore store,
            AutoCloseable own,
            ControlPlaneConfiguration settings,
            Wish wish,
            SdkGenerator sdks,
            Supplier<Serving> running,
            DataPlane dataPlane,
            InstantSource clock) {
        Serving serving = running.get();
        // keys of all kinds come from these bits, so they are not those of identifiers and canaries
        SecureRandom secrets = new SecureRandom();
        Home home = new Home(serving.accountId(), serving.region(), clock, secrets::nextLong);
        StoredIdentities kept =
                store instanceof EncryptedStore encrypted ? new StoredIdentities(encrypted, home) : null;
        if (kept != null) {
            kept.refresh();
        }
        if (wish.gatekeeper() == null && !serving.hasIdentities() && (kept == null || kept.isEmpty())) {
            throw invalid(
                    "",
                    "the control plane would let nobody in, for there is nobody who may sign: add somebody below"
                            + " identities");
        }
        ControlPlane plane = new ControlPlane(
                store,
                () -> running.get().declared(),
                dataPlane,
                gatekeeper(wish, running, clock),
                home,
                sdks,
                besides(wish, kept, home, running));
        plane.refresh();
        // nobody else can write to a file of this process
        Polling polling = settings.directory() == null
                ? Polling.start(() -> refresh(kept, plane), settings.pollInterval())
                : Polling.NONE;
        return new ManagedPlane(plane, kept == null ? IdentitySource.NOBODY : kept, own, polling);
    }

    /** Whoever may do nothing any more comes first. */
    private static void refresh(StoredIdentities kept, ControlPlane plane) {
        if (kept != null) {
            kept.refresh();
        }
        plane.refresh();
    }

    /** Who has an idea of his own of who may call has not said who may give rights to others. */
    private static List<Service> besides(Wish wish, StoredIdentities kept, Home home, Supplier<Serving> running) {
        if (wish.gatekeeper() != null) {
            return List.of();
        }
        Signatories signatories = new Signatories(
                accessKeyId -> running.get().identities().find(accessKeyId),
                home.accountId(),
                home.clock(),
                address -> running.get().networks().contain(address),
                "iam");
        return List.of(
                new Iam(signatories, kept, home, name -> running.get().users().contains(name)));
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

    /** Who may sign by what the store says. */
    IdentitySource identities() {
        return identities;
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
