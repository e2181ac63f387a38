package dev.gatehouse;

import dev.gatehouse.compile.Compilation;
import dev.gatehouse.compile.PlanCompiler;
import dev.gatehouse.compile.StageCompiler;
import dev.gatehouse.compile.UnescapedInput;
import dev.gatehouse.compile.UnverifiedBackends;
import dev.gatehouse.controlplane.control.AuthorizerTrial;
import dev.gatehouse.controlplane.control.CallRecord;
import dev.gatehouse.controlplane.control.DataPlane;
import dev.gatehouse.controlplane.control.HostedDomain;
import dev.gatehouse.controlplane.control.MethodTrial;
import dev.gatehouse.controlplane.control.Release;
import dev.gatehouse.dataplane.observe.KeptTraces;
import dev.gatehouse.dataplane.snapshot.AccessTable;
import dev.gatehouse.dataplane.snapshot.AddressTable.Binding;
import dev.gatehouse.dataplane.snapshot.AddressTable.Domain;
import dev.gatehouse.dataplane.snapshot.AddressTable.Mapping;
import dev.gatehouse.dataplane.snapshot.CompiledStage;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.ApiKey;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.definition.UsagePlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stages that the control plane keeps: compiled, and found by the id of their API. Thread-safe. */
final class ControlledStages implements DataPlane {

    private static final Logger LOG = LoggerFactory.getLogger(ControlledStages.class);

    private final Supplier<Serving> serving;
    private final Runnable changed;
    private final BiConsumer<String, String> flushAuthorizers;
    private final Supplier<Counting> counting;
    private final Map<String, String> linkTargets;
    private final KeptTraces traces;
    private final Map<String, Map<String, CompiledStage>> byApi = new TreeMap<>();
    private final Map<String, Set<String>> linksByRegion = new ConcurrentSkipListMap<>();
    private final Map<String, List<Domain>> domains = new ConcurrentSkipListMap<>();

    /**
     * @param serving what is served now: its compiler knows the functions there are
     * @param changed called after the stages have changed
     * @param flushAuthorizers gets an API's id and a stage's name
     * @param counting what counts calls; asked when there is a key or plan
     * @param linkTargets what is to know the target ARNs of VPC links, by their ids
     * @param traces of calls that demanded it
     */
    ControlledStages(
            Supplier<Serving> serving,
            Runnable changed,
            BiConsumer<String, String> flushAuthorizers,
            Supplier<Counting> counting,
            Map<String, String> linkTargets,
            KeptTraces traces) {
        this.serving = serving;
        this.changed = changed;
        this.flushAuthorizers = flushAuthorizers;
        this.counting = counting;
        this.linkTargets = linkTargets;
        this.traces = traces;
    }

    @Override
    public List<Problem> check(String region, Release release) {
        return compile(region, release).fold(compiled -> List.of(), Function.identity());
    }

    @Override
    public void publish(String region, Map<String, List<Release>> stagesByApi) {
        if (stagesByApi.isEmpty()) {
            return;
        }
        synchronized (byApi) {
            stagesByApi.forEach((restApiId, stages) -> {
                Map<String, CompiledStage> after = compiled(region, restApiId, stages);
                if (after.isEmpty()) {
                    byApi.remove(restApiId);
                } else {
                    byApi.put(restApiId, after);
                }
            });
        }
        changed.run();
    }

    @Override
    public void publish(String region, List<HostedDomain> hosted) {
        domains.put(region, hosted.stream().map(ControlledStages::domain).toList());
        changed.run();
    }

    @Override
    public void publishLinks(String region, Map<String, String> targetArns) {
        // ids are random, so regions have none in common
        Set<String> gone = new HashSet<>(linksByRegion.getOrDefault(region, Set.of()));
        gone.removeAll(targetArns.keySet());
        linkTargets.putAll(targetArns);
        linkTargets.keySet().removeAll(gone);
        linksByRegion.put(region, Set.copyOf(targetArns.keySet()));
    }

    @Override
    public boolean leadsTo(String targetArn) {
        return serving.get().leadsTo().test(targetArn);
    }

    private static Domain domain(HostedDomain hosted) {
        Map<String, Mapping> mappings = new LinkedHashMap<>();
        hosted.mappings()
                .forEach(mapping -> mappings.put(
                        mapping.basePath().equals(HostedDomain.ROOT) ? "" : mapping.basePath(),
                        new Mapping(mapping.restApiId(), mapping.stage())));
        return new Domain(hosted.host(), mappings);
    }

    List<Domain> domains() {
        return domains.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public MethodTrial.Result test(String region, MethodTrial trial) {
        return TrialRun.of(serving.get(), region, trial);
    }

    @Override
    public AuthorizerTrial.Result test(String region, AuthorizerTrial trial) {
        return AuthorizerTrialRun.of(serving.get(), region, trial);
    }

    @Override
    public List<CallRecord> traces(String restApiId, String stageName) {
        return traces.list(restApiId, stageName).stream()
                .map(trace -> new CallRecord(
                        trace.id(), trace.time(), trace.httpMethod(), trace.path(), trace.status(), trace.document()))
                .toList();
    }

    @Override
    public void flushAuthorizers(String restApiId, String stageName) {
        flushAuthorizers.accept(restApiId, stageName);
    }

    private Map<String, CompiledStage> compiled(String region, String restApiId, List<Release> stages) {
        Map<String, CompiledStage> before = byApi.getOrDefault(restApiId, Map.of());
        Map<String, CompiledStage> after = new LinkedHashMap<>();
        for (Release release : stages) {
            String name = release.stage().stageName();
            CompiledStage compiled = compile(region, release).fold(Function.identity(), problems -> {
                LOG.error("Stage {}/{} cannot be served as it is stored: {}", restApiId, name, problems);
                return before.get(name);
            });
            if (compiled != null) {
                after.put(name, compiled);
                tell(region, release, before.get(name));
            }
        }
        return after;
    }

    @Override
    public void admitKey(String keyId, ApiKey key, List<String> planIds) {
        AccessTable table = counting.get().controlled();
        if (key == null) {
            table.removeKey(keyId);
        } else {
            table.put(key.value(), new AccessTable.Client(key.id(), key.enabled(), planIds));
        }
    }

    @Override
    public void admitPlan(String planId, UsagePlan plan) {
        AccessTable table = counting.get().controlled();
        if (plan == null) {
            table.removePlan(planId);
        } else {
            table.put(PlanCompiler.compile(plan));
        }
    }

    @Override
    public Map<String, List<long[]>> usage(UsagePlan plan, Set<String> keyIds, LocalDate from, LocalDate to) {
        try {
            return counting.get().usage(plan, keyIds, from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void extendQuota(UsagePlan plan, String keyId, long remaining) {
        try {
            counting.get().extendQuota(plan, keyId, remaining);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Binding> bindings() {
        synchronized (byApi) {
            return byApi.values().stream()
                    .flatMap(stages -> stages.values().stream())
                    .map(stage -> new Binding(stage, null, false))
                    .toList();
        }
    }

    /** Once for each deployment: stages are published again for other reasons, too. */
    private void tell(String region, Release release, CompiledStage before) {
        if (before == null || !before.deploymentId().equals(release.stage().deploymentId())) {
            tell(region, release.definition(), release.stage().stageName(), "");
        }
        if (release.canary() != null && !isToldOf(release.stage(), before)) {
            tell(region, release.canary(), release.stage().stageName(), " (canary)");
        }
    }

    private static boolean isToldOf(Stage stage, CompiledStage before) {
        String canary = stage.canarySettings().deploymentId();
        return canary.equals(stage.deploymentId())
                || before != null
                        && before.canary() != null
                        && canary.equals(before.canary().stage().deploymentId());
    }

    private void tell(String region, ApiDefinition definition, String stageName, String which) {
        String name = definition.restApi().id() + "/" + stageName + which;
        serving.get()
                .compilers()
                .apply(region)
                .exposure(definition, List.of(stageName))
                .sentences()
                .forEach(sentence -> LOG.info("{}: {}", name, sentence));
        UnverifiedBackends.sentence(definition).ifPresent(sentence -> LOG.warn("{}: {}", name, sentence));
        UnescapedInput.of(definition).sentences().forEach(LOG::warn);
    }

    private Compilation compile(String region, Release release) {
        Serving current = serving.get();
        StageCompiler compiler = current.compilers().apply(region);
        String document = "restapis/" + release.definition().restApi().id();
        return release.canary() == null
                ? compiler.compile(document, release.definition(), release.stage(), current.passesUnmatched())
                : compiler.compile(
                        document, release.definition(), release.canary(), release.stage(), current.passesUnmatched());
    }
}
