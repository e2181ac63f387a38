package dev.gatehouse;

import dev.gatehouse.ManagedPlane.Wish;
import dev.gatehouse.configuration.ConfigurationFile;
import dev.gatehouse.configuration.GatehouseConfiguration;
import dev.gatehouse.configuration.ReadResult;
import dev.gatehouse.configuration.SecretSource;
import dev.gatehouse.controlplane.control.Gatekeeper;
import dev.gatehouse.controlplane.sdk.GeneratorLibrary;
import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.JdbcStore;
import dev.gatehouse.dataplane.observe.AccessLogSink;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.limit.LimitListener;
import dev.gatehouse.engine.limit.UsageJournal;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Puts a {@link Gatehouse} together. Not thread-safe.
 *
 * <pre>{@code
 * Gatehouse gateway = Gatehouse.builder()
 *         .configuration("gatehouse.yaml", DocumentSource.folder(Path.of("conf")))
 *         .build();
 * }</pre>
 */
public final class GatehouseBuilder {

    /** A Lambda function of the application: see {@link #function}. */
    record OwnFunction(String name, Supplier<?> handler, Class<?> handlerType, Duration timeout, int memorySize) {}

    private Supplier<ReadResult> configuration = () -> new ReadResult.Rejected(
            List.of(Problem.error("gatehouse", "", "no configuration was given to the builder")));
    private DocumentSource documents = name -> null;
    private SecretSource secrets = SecretSource.ofProcess();
    private InstantSource clock = Clock.systemUTC();
    private LongSupplier random = () -> ThreadLocalRandom.current().nextLong();
    private AccessLogSink accessLog = AccessLogSink.toLoggers();
    private final List<OwnFunction> functions = new ArrayList<>();
    private final List<IdentitySource> identities = new ArrayList<>();

    private Wish controlPlane = Wish.NONE;
    private GeneratorLibrary generator = GeneratorLibrary.onClassPath(GatehouseBuilder.class.getClassLoader());
    private final List<LimitListener> limitListeners = new ArrayList<>();
    private UsageJournal usageJournal;

    GatehouseBuilder() {}

    /**
     * The usual way: a {@code gatehouse.yaml}, read again at each redeployment.
     *
     * @param name of the file within the source
     * @param source the file, and the documents that it names relative to its own folder
     */
    public GatehouseBuilder configuration(String name, DocumentSource source) {
        Objects.requireNonNull(name, "name");
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        documents = document -> source.open(folder + document);
        configuration = () -> read(name, source);
        return this;
    }

    /**
     * For embedders that have no file.
     *
     * @param source the API documents that the configuration names
     */
    public GatehouseBuilder configuration(GatehouseConfiguration ready, DocumentSource source) {
        Objects.requireNonNull(ready, "configuration");
        documents = Objects.requireNonNull(source, "source");
        configuration = () -> new ReadResult.Read(ready);
        return this;
    }

    /** Where a configuration file's secrets lie; this process unless said otherwise. */
    public GatehouseBuilder secrets(SecretSource source) {
        secrets = Objects.requireNonNull(source, "secrets");
        return this;
    }

    /** What time it is; the system's clock unless said otherwise. */
    public GatehouseBuilder clock(InstantSource source) {
        clock = Objects.requireNonNull(source, "clock");
        return this;
    }

    /** Where the access logs of stages go; to loggers named as their destinations unless said otherwise. */
    public GatehouseBuilder accessLog(AccessLogSink sink) {
        accessLog = Objects.requireNonNull(sink, "sink");
        return this;
    }

    /** 64 even bits each time, for identifiers and canaries; must be thread-safe. */
    public GatehouseBuilder random(LongSupplier source) {
        random = Objects.requireNonNull(source, "random");
        return this;
    }

    /**
     * Adds a control plane: Amazon's operations on definitions, for the AWS CLI and the like. It is reachable where a {@code
     * ControlPlaneServlet} is mapped. What the store holds is served from the start, found by the id of its API. Callers are the
     * identities, as their policies say, from the networks that the configuration names: this machine only, where it names none.
     *
     * @param store where definitions are kept; stays open when the gateway is closed. Users and access keys are kept in it, too, where it is an {@link
     *     dev.gatehouse.controlplane.store.EncryptedStore}, or the configuration has a key for it
     */
    public GatehouseBuilder controlPlane(DefinitionStore store) {
        Objects.requireNonNull(store, "store");
        controlPlane = new Wish(() -> store, null);
        return this;
    }

    /**
     * The same, with the definitions in a database that nodes may share.
     *
     * @param database PostgreSQL or H2, see {@link JdbcStore#of}
     */
    public GatehouseBuilder controlPlane(DataSource database) {
        Objects.requireNonNull(database, "database");
        controlPlane = new Wish(() -> JdbcStore.of(database), null);
        return this;
    }

    /**
     * The same, for those who have another idea of who may call.
     *
     * @param gatekeeper decides alone: neither identities nor networks are asked
     */
    public GatehouseBuilder controlPlane(DefinitionStore store, Gatekeeper gatekeeper) {
        Objects.requireNonNull(store, "store");
        controlPlane = new Wish(() -> store, Objects.requireNonNull(gatekeeper, "gatekeeper"));
        return this;
    }

    /**
     * Adds those who may sign requests, after the identities of the configuration and of earlier calls: of several that know an
     * access key the first is right.
     */
    public GatehouseBuilder identities(IdentitySource source) {
        identities.add(Objects.requireNonNull(source, "source"));
        return this;
    }

    /**
     * Where OpenAPI Generator lies, which makes the SDKs of GetSdk, where the configuration does not say it; the class path unless said
     * otherwise. It is no dependency of
     * Gatehouse: without it GetSdk says what to add.
     */
    public GatehouseBuilder sdkGenerator(GeneratorLibrary library) {
        generator = Objects.requireNonNull(library, "library");
        return this;
    }

    /**
     * Where it is kept how much of their quotas keys have used, instead of the directory of the configuration. It is closed with the
     * gateway.
     */
    public GatehouseBuilder usageJournal(UsageJournal journal) {
        usageJournal = Objects.requireNonNull(journal, "journal");
        return this;
    }

    /** Adds somebody who wants to hear of calls that a throttle or a quota has refused. */
    public GatehouseBuilder limitListener(LimitListener listener) {
        limitListeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** A Lambda function in this process, with Lambda's default timeout of 3 seconds and 128 MB. */
    public GatehouseBuilder function(String nameOrArn, Supplier<?> handler, Class<?> handlerType) {
        return function(nameOrArn, handler, handlerType, Duration.ofSeconds(3), 128);
    }

    /**
     * A Lambda function in this process.
     *
     * @param nameOrArn what definitions call it
     * @param handler asked for an instance at each call
     * @param handlerType implements {@code RequestHandler} or {@code RequestStreamHandler} of aws-lambda-java-core, {@link
     *     dev.gatehouse.engine.lambda.LambdaFunction} or {@link dev.gatehouse.engine.lambda.StreamingFunction}
     * @param timeout 1 second to 15 minutes
     * @param memorySize what the function is told, in MB
     */
    public GatehouseBuilder function(
            String nameOrArn, Supplier<?> handler, Class<?> handlerType, Duration timeout, int memorySize) {
        functions.add(new OwnFunction(nameOrArn, handler, handlerType, timeout, memorySize));
        return this;
    }

    /**
     * Reads the configuration, deploys every stage of it and starts to serve.
     *
     * @throws InvalidConfigurationException with every problem, where there is one
     */
    public Gatehouse build() {
        return new Gatehouse(
                new Deployer(
                        configuration,
                        documents,
                        List.copyOf(functions),
                        List.copyOf(identities),
                        usageJournal,
                        limitListener(),
                        accessLog,
                        clock,
                        random),
                (running, dataPlane) -> ManagedPlane.open(controlPlane, generator, running, dataPlane, clock));
    }

    private LimitListener limitListener() {
        List<LimitListener> all = List.copyOf(limitListeners);
        return exceeded -> all.forEach(one -> one.refused(exceeded));
    }

    private ReadResult read(String name, DocumentSource source) {
        try (InputStream file = source.open(name)) {
            return file == null
                    ? new ReadResult.Rejected(List.of(Problem.error(name, "", "there is no such file")))
                    : ConfigurationFile.read(name, file, secrets);
        } catch (IOException e) {
            return new ReadResult.Rejected(List.of(Problem.error(name, "", "cannot be read: " + e.getMessage())));
        }
    }
}
