package dev.gatehouse;

import dev.gatehouse.GatehouseBuilder.OwnFunction;
import dev.gatehouse.compile.AccessParts;
import dev.gatehouse.compile.ApiOwner;
import dev.gatehouse.compile.Compilation;
import dev.gatehouse.compile.StageCompiler;
import dev.gatehouse.compile.UnescapedInput;
import dev.gatehouse.compile.UnverifiedBackends;
import dev.gatehouse.compile.UserPoolIssuers;
import dev.gatehouse.configuration.Basepath;
import dev.gatehouse.configuration.GatehouseConfiguration;
import dev.gatehouse.configuration.IdentityConfiguration;
import dev.gatehouse.configuration.ReadResult;
import dev.gatehouse.configuration.RestApiConfiguration;
import dev.gatehouse.configuration.StageConfiguration;
import dev.gatehouse.configuration.TraceConfiguration;
import dev.gatehouse.configuration.Unmatched;
import dev.gatehouse.configuration.UnmodelledBodies;
import dev.gatehouse.configuration.UsageConfiguration;
import dev.gatehouse.controlplane.control.Declarations;
import dev.gatehouse.controlplane.control.Declared;
import dev.gatehouse.controlplane.openapi.ImportOptions;
import dev.gatehouse.controlplane.openapi.ImportResult;
import dev.gatehouse.controlplane.openapi.OpenApiImport;
import dev.gatehouse.dataplane.authorizer.AuthorizerCache;
import dev.gatehouse.dataplane.flow.Arrival;
import dev.gatehouse.dataplane.flow.Backends;
import dev.gatehouse.dataplane.flow.RequestIds;
import dev.gatehouse.dataplane.flow.RestApiFlow;
import dev.gatehouse.dataplane.integration.JettyHttpSender;
import dev.gatehouse.dataplane.observe.AccessLogSink;
import dev.gatehouse.dataplane.observe.KeptTraces;
import dev.gatehouse.dataplane.observe.TraceDemands;
import dev.gatehouse.dataplane.observe.Tracing;
import dev.gatehouse.dataplane.observe.Tracing.TracedStage;
import dev.gatehouse.dataplane.snapshot.AddressTable;
import dev.gatehouse.dataplane.snapshot.AddressTable.Binding;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.identity.PrincipalArn;
import dev.gatehouse.engine.identity.PrincipalArn.Kind;
import dev.gatehouse.engine.lambda.FunctionThreads;
import dev.gatehouse.engine.limit.LimitListener;
import dev.gatehouse.engine.limit.UsageJournal;
import dev.gatehouse.engine.redis.RedisUnavailableException;
import dev.gatehouse.engine.signature.KeySource;
import dev.gatehouse.engine.signature.SigV4Verifier;
import dev.gatehouse.engine.template.TemplateEngine;
import dev.gatehouse.engine.template.TemplateLimits;
import dev.gatehouse.engine.token.KeySetSettings;
import dev.gatehouse.engine.token.TokenIssuer;
import dev.gatehouse.engine.token.TokenVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a configuration to what serves: reads, imports, compiles, and reports every problem of all of it at once. */
final class Deployer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);

    /** Amazon's limit for an imported document, and one byte more to see that it is exceeded. */
    private static final int DOCUMENT_LIMIT = 6 * 1024 * 1024 + 1;

    private final Supplier<ReadResult> configuration;
    private final DocumentSource documents;
    private final List<OwnFunction> ownFunctions;
    private final List<IdentitySource> ownIdentities;
    private final AccessLogSink accessLog;
    private final InstantSource clock;
    private final LongSupplier random;
    private final RequestIds ids;
    private final TemplateEngine templates = new TemplateEngine(TemplateLimits.DEFAULT);
    private final FunctionThreads functionThreads = new FunctionThreads();
    private final JettyHttpSender.Settings httpSettings =
            JettyHttpSender.Settings.defaults().withAdmissible(this::mayCall);
    private final JettyHttpSender http;
    private final ClientPool clients = new ClientPool();
    private final Map<String, String> linkTargets = new ConcurrentHashMap<>();
    private final TokenVerifier tokens;
    private final AuthorizerCache authorizerCache = new AuthorizerCache(System::nanoTime);
    private final KeptTraces traces = new KeptTraces();
    private final UsageJournal ownJournal;
    private final LimitListener limitListener;
    private Counting counting;
    private volatile Serving latest;
    private volatile IdentitySource keptIdentities = IdentitySource.NOBODY;

    Deployer(
            Supplier<ReadResult> configuration,
            DocumentSource documents,
            List<OwnFunction> ownFunctions,
            List<IdentitySource> ownIdentities,
            UsageJournal ownJournal,
            LimitListener limitListener,
            AccessLogSink accessLog,
            InstantSource clock,
            LongSupplier random) {
        this.configuration = configuration;
        this.documents = documents;
        this.ownFunctions = ownFunctions;
        this.ownIdentities = ownIdentities;
        this.ownJournal = ownJournal;
        this.limitListener = limitListener;
        this.accessLog = accessLog;
        this.clock = clock;
        this.random = random;
        this.ids = new RequestIds(random);
        this.http = JettyHttpSender.start(httpSettings);
        this.tokens = new TokenVerifier(http, clock, System::nanoTime, KeySetSettings.DEFAULT);
    }

    AuthorizerCache authorizerCache() {
        return authorizerCache;
    }

    /** Target ARNs of the VPC links that the control plane has created, by their ids. */
    Map<String, String> linkTargets() {
        return linkTargets;
    }

    RequestIds ids() {
        return ids;
    }

    /** @throws InvalidConfigurationException with every problem, where there is one */
    Serving deploy() {
        GatehouseConfiguration read = configuration.get().fold(right -> right, problems -> {
            throw new InvalidConfigurationException(problems);
        });
        List<Problem> problems = new ArrayList<>();
        Aws aws = Aws.of(read, http, clock);
        Functions functions =
                Functions.of(read, ownFunctions, functionThreads, aws, http, clock, ids::requestId, problems);
        List<IdentitySource> sources = new ArrayList<>();
        sources.add(DeclaredIdentities.of(read, documents, problems));
        sources.addAll(ownIdentities);
        Set<String> users = declaredUsers(read);
        // a name stands for one user: who declares it does not want to share it
        sources.add(accessKeyId -> keptIdentities
                .find(accessKeyId)
                .filter(key -> !users.contains(lowerCase(key.principal().principal()))));
        IdentitySource identities = IdentitySource.firstOf(sources);
        Map<String, StageCompiler> byRegion = new ConcurrentHashMap<>();
        Clients senders = Clients.of(read, http, clients, httpSettings, problems);
        Reach reach = new Reach(functions, aws, senders, linkTargets);
        Function<String, StageCompiler> compilers =
                region -> byRegion.computeIfAbsent(region, name -> compiler(read, name, reach));
        StageCompiler compiler = compilers.apply(read.region());
        List<Declared> declared = new ArrayList<>();
        List<Binding> bindings = bindings(read, compiler, declared, problems);
        if (latest != null && !latest.hasControlPlaneOf(read.controlPlane())) {
            problems.add(Problem.error(
                    "controlPlane", "", "cannot come, go or change its store while the gateway runs: start it again"));
        }
        count(read, problems);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        Arrival arrival = new Arrival(ids, clock, () -> (random.getAsLong() >>> 11) * 0x1.0p-53);
        Serving serving = new Serving(
                AddressTable.of(bindings),
                new RestApiFlow(arrival, counting.step(read.usage()), new Backends(senders, functions, aws.services()))
                        .withRoles(read.roles())
                        .withAccessLog(accessLog)
                        .withTraces(tracing(read.requestTraces())),
                read.endpoints(),
                named(functions, read),
                read.unmatched() == Unmatched.PASS,
                compilers,
                identities,
                !ownIdentities.isEmpty() || read.identities().stream().anyMatch(one -> !one.disabled()),
                users,
                read.controlPlane(),
                read.accountId(),
                read.region(),
                declarations(declared, read.usage()),
                senders::leadsTo);
        latest = serving;
        senders.release();
        return serving;
    }

    /** Adds those whom the control plane keeps, from now on. */
    void keep(IdentitySource identities) {
        keptIdentities = identities;
    }

    private static Set<String> declaredUsers(GatehouseConfiguration read) {
        return read.identities().stream()
                .map(IdentityConfiguration::principal)
                .filter(principal -> principal.kind() == Kind.USER)
                .filter(principal -> principal.account().equals(read.accountId()))
                .map(Deployer::lowerCase)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String lowerCase(PrincipalArn principal) {
        return principal.name().toLowerCase(Locale.ROOT);
    }

    private static Declarations declarations(List<Declared> apis, UsageConfiguration usage) {
        return new Declarations(
                apis,
                usage.apiKeys(),
                usage.usagePlans().stream()
                        .map(one -> new Declarations.Plan(one.plan(), one.keyIds()))
                        .toList(),
                usage.accountThrottle());
    }

    /** Traces outlive a deployment. */
    KeptTraces traces() {
        return traces;
    }

    private Tracing tracing(TraceConfiguration wanted) {
        return wanted == null
                ? Tracing.OFF
                : new Tracing(
                        wanted.stages().stream()
                                .map(stage -> new TracedStage(stage.apiId(), stage.stage()))
                                .collect(Collectors.toSet()),
                        new TraceDemands(wanted.key(), wanted.validity(), clock),
                        traces);
    }

    /** What has been counted outlives a deployment, so it begins with the first that has no other problems. */
    private void count(GatehouseConfiguration read, List<Problem> problems) {
        UsageConfiguration usage = read.usage();
        if (counting != null && !counting.isInCluster(read.cluster())) {
            problems.add(Problem.error(
                    "gatehouse", "/cluster", "the cluster cannot change while the gateway runs: restart it"));
        }
        if (counting == null && problems.isEmpty()) {
            try {
                counting = Counting.start(usage, read.cluster(), authorizerCache, ownJournal, limitListener, clock);
            } catch (RedisUnavailableException e) {
                problems.add(Problem.error("gatehouse", "/cluster/redis", e.getMessage()));
            } catch (IOException e) {
                problems.add(Problem.error("gatehouse", "/usageData", e.getMessage()));
            }
        } else if (counting != null && counting.keepsElsewhere(usage)) {
            problems.add(
                    Problem.error("gatehouse", "/usageData", "usage cannot move while the gateway runs: restart it"));
        }
    }

    /** What counts calls; there after the first deployment. */
    Counting counting() {
        return counting;
    }

    /** Calls are signed for the region of the API, and its ARN names it. */
    private StageCompiler compiler(GatehouseConfiguration read, String region, Reach reach) {
        SigV4Verifier<Identity> signatures = new SigV4Verifier<>(this::identity, clock, region, "execute-api");
        StageCompiler lenient = new StageCompiler(
                new ApiOwner(read.accountId(), region),
                templates,
                reach,
                new AccessParts(signatures, tokens, userPools(read), authorizerCache));
        return read.unmodelledBodies() == UnmodelledBodies.REFUSE ? lenient.refusingUnmodelled() : lenient;
    }

    @Override
    public void close() {
        if (counting != null) {
            counting.close();
        }
        functionThreads.close();
        clients.close();
        http.close();
    }

    /** Those who may sign now: also for stages that were compiled before, so that nobody goes on with a key that is gone. */
    private Optional<KeySource.Key<Identity>> identity(String accessKeyId) {
        Serving current = latest;
        return current == null ? Optional.empty() : current.identities().find(accessKeyId);
    }

    private boolean mayCall(String host, InetSocketAddress address) {
        Serving current = latest;
        return current != null
                && (current.namedEndpoints().contains(Endpoint.of(host, address.getPort()))
                        || current.endpoints().allows(host, address.getAddress()));
    }

    private static Set<Endpoint> named(Functions functions, GatehouseConfiguration read) {
        Set<Endpoint> named = new HashSet<>(functions.endpoints());
        named.addAll(Aws.named(read.aws()));
        read.userPools().forEach(pool -> named.add(Endpoint.of(pool.jwksUri())));
        return Set.copyOf(named);
    }

    private static UserPoolIssuers userPools(GatehouseConfiguration read) {
        Map<String, TokenIssuer> issuers = new HashMap<>();
        read.userPools().forEach(pool -> issuers.put(pool.arn(), new TokenIssuer(pool.issuer(), pool.jwksUri())));
        return new UserPoolIssuers(issuers);
    }

    private List<Binding> bindings(
            GatehouseConfiguration read, StageCompiler compiler, List<Declared> declared, List<Problem> problems) {
        Map<String, Binding> byBasePath = new LinkedHashMap<>();
        for (RestApiConfiguration api : read.apis()) {
            Optional<DeployedDefinition> imported = definition(api, read, compiler, problems);
            imported.ifPresent(definition -> declared.add(new Declared(
                    definition.definition(),
                    definition.deploymentId(),
                    api.stages().stream()
                            .map(stage -> definition.stage(stage.stage()))
                            .toList())));
            imported.ifPresent(definition -> compiler.exposure(definition.definition(), stageNames(api))
                    .sentences()
                    .forEach(sentence -> LOG.info("{}: {}", api.restApiId(), sentence)));
            imported.ifPresent(definition ->
                    UnescapedInput.of(definition.definition()).sentences().forEach(LOG::warn));
            imported.map(DeployedDefinition::definition)
                    .flatMap(UnverifiedBackends::sentence)
                    .ifPresent(sentence -> LOG.warn("{}: {}", api.restApiId(), sentence));
            for (StageConfiguration stage : api.stages()) {
                imported.ifPresentOrElse(
                        definition -> bind(api, definition, stage, compiler, read.unmatched(), byBasePath, problems),
                        () -> addNew(StageCompiler.problems(api.body(), stage.stage()), problems));
            }
        }
        return List.copyOf(byBasePath.values());
    }

    private static List<String> stageNames(RestApiConfiguration api) {
        return api.stages().stream().map(stage -> stage.stage().stageName()).toList();
    }

    private void bind(
            RestApiConfiguration api,
            DeployedDefinition imported,
            StageConfiguration configured,
            StageCompiler compiler,
            Unmatched unmatched,
            Map<String, Binding> byBasePath,
            List<Problem> problems) {
        Stage stage = imported.stage(configured.stage());
        Compilation compilation =
                compiler.compile(api.body(), imported.definition(), stage, unmatched == Unmatched.PASS);
        boolean mapped = configured.servedAt() != null;
        String basePath = mapped ? configured.servedAt().substring(1) : stage.stageName();
        compilation.fold(
                compiled -> {
                    Binding other = byBasePath.putIfAbsent(basePath, new Binding(compiled, basePath, mapped));
                    if (other != null) {
                        problems.add(Problem.error(
                                api.body(),
                                "",
                                "stage " + api.restApiId() + "/" + stage.stageName() + " would be served at /"
                                        + basePath
                                        + ", as " + other.stage().apiId() + "/"
                                        + other.stage().stageName() + " is: give one of them a servedAt of its own"));
                    }
                    return other == null;
                },
                found -> addNew(found, problems));
    }

    /**
     * A document that is wrong may also be wrong in what only the compiler sees. What it says of a place that the import has
     * complained of already, or of something around it, would only repeat or follow from that.
     */
    private static void addFurther(
            RestApiConfiguration api, ImportResult.Rejected rejected, StageCompiler compiler, List<Problem> problems) {
        if (rejected.asFarAsRead() == null) {
            return;
        }
        for (StageConfiguration stage : api.stages()) {
            List<Problem> found = compiler.compile(api.body(), rejected.asFarAsRead(), stage.stage(), false)
                    .fold(compiled -> List.<Problem>of(), all -> all);
            addNew(
                    found.stream()
                            .filter(one -> rejected.problems().stream()
                                    .noneMatch(known -> within(one.pointer(), known.pointer())
                                            || within(known.pointer(), one.pointer())))
                            .toList(),
                    problems);
        }
    }

    private static boolean within(String pointer, String outer) {
        return pointer.equals(outer) || !outer.isEmpty() && pointer.startsWith(outer + "/");
    }

    private static boolean addNew(List<Problem> found, List<Problem> problems) {
        return problems.addAll(
                found.stream().filter(one -> !problems.contains(one)).toList());
    }

    /** A document as it was read, under an id that says which content it has. */
    private record DeployedDefinition(ApiDefinition definition, String deploymentId) {

        Stage stage(Stage configured) {
            return configured.with(draft -> draft.deploymentId = deploymentId);
        }
    }

    private Optional<DeployedDefinition> definition(
            RestApiConfiguration api, GatehouseConfiguration read, StageCompiler compiler, List<Problem> problems) {
        byte[] document;
        try (InputStream in = documents.open(api.body())) {
            if (in == null) {
                problems.add(Problem.error(
                        api.body(), "", "there is no such document (body of API " + api.restApiId() + ")"));
                return Optional.empty();
            }
            document = in.readNBytes(DOCUMENT_LIMIT);
        } catch (IOException e) {
            problems.add(Problem.error(api.body(), "", "cannot be read: " + e.getMessage()));
            return Optional.empty();
        }
        ImportOptions options = ImportOptions.of(
                        api.restApiId(), read.region(), read.accountId(), StableIds.of(api.restApiId()))
                .with(basePath(api.basepath()));
        ImportResult result = OpenApiImport.read(document, api.body(), options);
        return result.fold(
                imported -> {
                    if (api.failOnWarnings()) {
                        problems.addAll(imported.warnings());
                    } else {
                        imported.warnings().forEach(warning -> LOG.warn("{}", warning));
                    }
                    return Optional.of(new DeployedDefinition(imported.definition(), StableIds.ofContent(document)));
                },
                rejected -> {
                    problems.addAll(rejected.problems());
                    addFurther(api, rejected, compiler, problems);
                    return Optional.empty();
                });
    }

    private static ImportOptions.BasePath basePath(Basepath configured) {
        return ImportOptions.BasePath.valueOf(configured.name());
    }
}
