package dev.gatehouse;

import dev.gatehouse.compile.PlanCompiler;
import dev.gatehouse.configuration.ClusterConfiguration;
import dev.gatehouse.configuration.UsageConfiguration;
import dev.gatehouse.configuration.UsagePlanConfiguration;
import dev.gatehouse.dataplane.authorizer.AuthorizerCache;
import dev.gatehouse.dataplane.flow.PlanStep;
import dev.gatehouse.dataplane.snapshot.AccessTable;
import dev.gatehouse.definition.ApiKey;
import dev.gatehouse.definition.UsagePlan;
import dev.gatehouse.engine.limit.ClusterLimits;
import dev.gatehouse.engine.limit.FileJournal;
import dev.gatehouse.engine.limit.JdbcJournal;
import dev.gatehouse.engine.limit.Level;
import dev.gatehouse.engine.limit.Limit;
import dev.gatehouse.engine.limit.LimitListener;
import dev.gatehouse.engine.limit.Limits;
import dev.gatehouse.engine.limit.MemoryJournal;
import dev.gatehouse.engine.limit.Quota;
import dev.gatehouse.engine.limit.Rate;
import dev.gatehouse.engine.limit.SharedCounters;
import dev.gatehouse.engine.limit.Terms;
import dev.gatehouse.engine.limit.UsageJournal;
import dev.gatehouse.engine.limit.UsageKeeper;
import dev.gatehouse.engine.redis.Redis;
import dev.gatehouse.engine.redis.RedisCounters;
import dev.gatehouse.engine.redis.RedisLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What counts calls for as long as the gateway lives, whatever is deployed meanwhile. */
final class Counting implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Counting.class);

    private final Limits limits;
    private final ClusterLimits cluster;
    private final ClusterAnswers answers;
    private final ClusterConfiguration declaredCluster;
    private final UsageKeeper keeper;
    private final UsageJournal journal;
    private final Path directory;
    private final String dataSource;
    private final LimitListener listener;
    private final AccessTable controlled = new AccessTable();

    /** Of plans of the configuration that have their own. */
    private volatile Map<String, Terms> terms = Map.of();

    private Counting(
            Limits limits,
            ClusterLimits cluster,
            ClusterAnswers answers,
            ClusterConfiguration declaredCluster,
            UsageKeeper keeper,
            UsageJournal journal,
            UsageConfiguration usage,
            LimitListener listener) {
        this.limits = limits;
        this.cluster = cluster;
        this.answers = answers;
        this.declaredCluster = declaredCluster;
        this.keeper = keeper;
        this.journal = journal;
        this.directory = usage.directory();
        this.dataSource = usage.dataSource();
        this.listener = listener;
    }

    /**
     * @param nodes null for a gateway of one node
     * @param authorizers what they say is shared where the nodes are to
     * @param own the embedder's journal; null for the one of the configuration
     * @throws IOException where usage cannot be kept as the configuration wants it
     */
    static Counting start(
            UsageConfiguration usage,
            ClusterConfiguration nodes,
            AuthorizerCache authorizers,
            UsageJournal own,
            LimitListener listener,
            InstantSource clock)
            throws IOException {
        if (nodes != null && usage.dataSource() != null && own == null) {
            throw new IOException(
                    "the nodes of a cluster tell each other what they count, and nodes on one database do:"
                            + " with both it would count twice. Take usageData.directory, or no cluster");
        }
        UsageJournal journal = own != null ? own : journal(usage);
        try {
            Limits limits = new Limits(clock, System::nanoTime, journal);
            if (journal instanceof MemoryJournal
                    && (nodes == null || nodes.redis() == null)
                    && usage.usagePlans().stream().anyMatch(one -> one.plan().quota() != null)) {
                LOG.warn("Usage plans have quotas, and the configuration has no usageData: what has been used is"
                        + " forgotten with this process");
            }
            RedisLine line = nodes == null || nodes.redis() == null ? null : Redis.open(nodes.redis());
            ClusterAnswers answers = line == null || nodes.authorizerKey() == null
                    ? null
                    : share(authorizers, line, nodes.authorizerKey(), clock);
            ClusterLimits cluster = nodes == null ? null : join(limits, line, nodes);
            return new Counting(limits, cluster, answers, nodes, UsageKeeper.of(limits), journal, usage, listener);
        } catch (IOException | RuntimeException e) {
            if (own == null) {
                journal.close();
            }
            throw e;
        }
    }

    private static ClusterAnswers share(AuthorizerCache authorizers, RedisLine line, String key, InstantSource clock) {
        ClusterAnswers answers = new ClusterAnswers(line, authorizers);
        authorizers.share(answers, Base64.getDecoder().decode(key), clock);
        return answers;
    }

    private static ClusterLimits join(Limits limits, RedisLine line, ClusterConfiguration nodes) {
        SharedCounters counters = line == null ? null : new RedisCounters(line);
        ClusterLimits cluster = new ClusterLimits(
                limits, counters, nodes.settings(), UUID.randomUUID().toString());
        LOG.info("{}", cluster);
        cluster.awaitReady(Duration.ofSeconds(2));
        return cluster;
    }

    private static UsageJournal journal(UsageConfiguration usage) throws IOException {
        if (usage.dataSource() != null) {
            try {
                return JdbcJournal.of(NamedDatabase.lookUp(usage.dataSource()));
            } catch (IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        return usage.directory() == null ? new MemoryJournal() : FileJournal.in(usage.directory());
    }

    Limits limits() {
        return limits;
    }

    /** Null where this node counts by itself. */
    ClusterLimits cluster() {
        return cluster;
    }

    boolean isInCluster(ClusterConfiguration nodes) {
        return Objects.equals(declaredCluster, nodes);
    }

    /** What keys of a plan have used, on all nodes. */
    Map<String, List<long[]>> usage(UsagePlan plan, Set<String> keyIds, LocalDate from, LocalDate to)
            throws IOException {
        Quota quota = PlanCompiler.quota(plan.quota());
        int first = (int) from.toEpochDay();
        int last = (int) to.toEpochDay();
        return cluster == null
                ? limits.usage(plan.id(), quota, keyIds, first, last)
                : cluster.usage(plan.id(), terms.get(plan.id()), quota, keyIds, first, last);
    }

    /** Changes what is left to a key of a plan, on all nodes. */
    void extendQuota(UsagePlan plan, String keyId, long remaining) throws IOException {
        Quota quota = PlanCompiler.quota(plan.quota());
        if (cluster == null) {
            limits.grant(plan.id(), keyId, quota, remaining);
        } else {
            cluster.grant(plan.id(), keyId, terms.get(plan.id()), quota, remaining);
        }
    }

    /** Keys and plans of the control plane. */
    AccessTable controlled() {
        return controlled;
    }

    boolean keepsElsewhere(UsageConfiguration usage) {
        return !Objects.equals(directory, usage.directory()) || !Objects.equals(dataSource, usage.dataSource());
    }

    /** The step for one deployment of the configuration, whose keys and plans go before those of the control plane. */
    PlanStep step(UsageConfiguration usage) {
        AccessTable declared = new AccessTable();
        terms = usage.usagePlans().stream()
                .filter(one -> one.terms() != null)
                .collect(Collectors.toMap(one -> one.plan().id(), UsagePlanConfiguration::terms));
        for (UsagePlanConfiguration one : usage.usagePlans()) {
            declared.put(PlanCompiler.compile(one.plan(), one.terms()));
        }
        for (ApiKey key : usage.apiKeys()) {
            declared.put(key.value(), new AccessTable.Client(key.id(), key.enabled(), planIds(usage, key)));
        }
        Limit account = usage.accountThrottle() == null
                ? null
                : new Limit(
                        Level.ACCOUNT,
                        "account",
                        new Rate(
                                usage.accountThrottle().rateLimit(),
                                usage.accountThrottle().burstLimit()));
        return new PlanStep(
                List.of(declared, controlled), limits, cluster, account, listener, usage.rateLimitHeaders());
    }

    private static List<String> planIds(UsageConfiguration usage, ApiKey key) {
        return usage.usagePlans().stream()
                .filter(one -> one.keyIds().contains(key.id()))
                .map(one -> one.plan().id())
                .toList();
    }

    @Override
    public void close() {
        if (answers != null) {
            answers.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        keeper.close();
        try {
            journal.close();
        } catch (IOException e) {
            LOG.warn("The journal of usage cannot be closed", e);
        }
    }
}
