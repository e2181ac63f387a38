package dev.gatehouse;

import dev.gatehouse.compile.PlanCompiler;
import dev.gatehouse.configuration.UsageConfiguration;
import dev.gatehouse.configuration.UsagePlanConfiguration;
import dev.gatehouse.dataplane.flow.PlanStep;
import dev.gatehouse.dataplane.snapshot.AccessTable;
import dev.gatehouse.definition.ApiKey;
import dev.gatehouse.engine.limit.FileJournal;
import dev.gatehouse.engine.limit.Level;
import dev.gatehouse.engine.limit.Limit;
import dev.gatehouse.engine.limit.LimitListener;
import dev.gatehouse.engine.limit.Limits;
import dev.gatehouse.engine.limit.MemoryJournal;
import dev.gatehouse.engine.limit.Rate;
import dev.gatehouse.engine.limit.UsageJournal;
import dev.gatehouse.engine.limit.UsageKeeper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What counts calls for as long as the gateway lives, whatever is deployed meanwhile. */
final class Counting implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Counting.class);

    private final Limits limits;
    private final UsageKeeper keeper;
    private final UsageJournal journal;
    private final Path directory;
    private final LimitListener listener;
    private final AccessTable controlled = new AccessTable();

    private Counting(Limits limits, UsageKeeper keeper, UsageJournal journal, Path directory, LimitListener listener) {
        this.limits = limits;
        this.keeper = keeper;
        this.journal = journal;
        this.directory = directory;
        this.listener = listener;
    }

    /**
     * @param own the embedder's journal; null for the one of the configuration
     * @throws IOException where usage cannot be kept as the configuration wants it
     */
    static Counting start(UsageConfiguration usage, UsageJournal own, LimitListener listener, InstantSource clock)
            throws IOException {
        UsageJournal journal =
                own != null ? own : usage.directory() == null ? new MemoryJournal() : FileJournal.in(usage.directory());
        try {
            Limits limits = new Limits(clock, System::nanoTime, journal);
            if (journal instanceof MemoryJournal
                    && usage.usagePlans().stream().anyMatch(one -> one.plan().quota() != null)) {
                LOG.warn("Usage plans have quotas, and the configuration has no usageData: what has been used is"
                        + " forgotten with this process");
            }
            return new Counting(limits, UsageKeeper.of(limits), journal, usage.directory(), listener);
        } catch (IOException | RuntimeException e) {
            if (own == null) {
                journal.close();
            }
            throw e;
        }
    }

    Limits limits() {
        return limits;
    }

    /** Keys and plans of the control plane. */
    AccessTable controlled() {
        return controlled;
    }

    boolean keepsElsewhere(UsageConfiguration usage) {
        return !Objects.equals(directory, usage.directory());
    }

    /** The step for one deployment of the configuration, whose keys and plans go before those of the control plane. */
    PlanStep step(UsageConfiguration usage) {
        AccessTable declared = new AccessTable();
        for (UsagePlanConfiguration one : usage.usagePlans()) {
            declared.put(PlanCompiler.compile(one.plan()));
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
        return new PlanStep(List.of(declared, controlled), limits, account, listener, usage.rateLimitHeaders());
    }

    private static List<String> planIds(UsageConfiguration usage, ApiKey key) {
        return usage.usagePlans().stream()
                .filter(one -> one.keyIds().contains(key.id()))
                .map(one -> one.plan().id())
                .toList();
    }

    @Override
    public void close() {
        keeper.close();
        try {
            journal.close();
        } catch (IOException e) {
            LOG.warn("The journal of usage cannot be closed", e);
        }
    }
}
