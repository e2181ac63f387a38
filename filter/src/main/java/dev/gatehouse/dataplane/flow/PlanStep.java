package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Admitted;
import dev.gatehouse.dataplane.flow.Phase.Authorized;
import dev.gatehouse.dataplane.snapshot.AccessTable;
import dev.gatehouse.dataplane.snapshot.AccessTable.Client;
import dev.gatehouse.dataplane.snapshot.AccessTables;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration;
import dev.gatehouse.dataplane.snapshot.CompiledMethod;
import dev.gatehouse.dataplane.snapshot.CompiledPlan;
import dev.gatehouse.dataplane.snapshot.CompiledPlan.StageId;
import dev.gatehouse.dataplane.snapshot.ResponseType;
import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.limit.Claim;
import dev.gatehouse.engine.limit.ClusterLimits;
import dev.gatehouse.engine.limit.Level;
import dev.gatehouse.engine.limit.Limit;
import dev.gatehouse.engine.limit.LimitExceeded;
import dev.gatehouse.engine.limit.LimitListener;
import dev.gatehouse.engine.limit.Limits;
import dev.gatehouse.engine.limit.Quota;
import dev.gatehouse.engine.limit.Rate;
import dev.gatehouse.engine.limit.Standing;
import dev.gatehouse.engine.limit.Verdict;
import dev.gatehouse.http.ClientUsage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the caller may call now: which API key it shows, in which usage plan that counts, and whether a quota or a throttle is
 * exceeded. Source of texts and order: API Gateway developer guide, "usage plans", and published execution logs.
 */
public final class PlanStep {

    static final String HEADER = "x-api-key";

    /** For test invocations: nobody is counted. */
    static final PlanStep UNCOUNTED = new PlanStep(List.of(), null, null, null, LimitListener.NONE, false);

    private static final Logger LOG = LoggerFactory.getLogger(PlanStep.class);

    private final AccessTables tables;
    private final Limits limits;
    private final ClusterLimits cluster;
    private final Limit account;
    private final LimitListener listener;
    private final boolean tellsClients;

    /**
     * @param tables keys and plans; where two know a key or a plan, the first is right
     * @param limits counts the calls
     * @param account for all calls together; null for none
     * @param listener hears of refused calls
     * @param tellsClients whether answers have {@code RateLimit} headers
     */
    public PlanStep(
            List<AccessTable> tables, Limits limits, Limit account, LimitListener listener, boolean tellsClients) {
        this(tables, limits, null, account, listener, tellsClients);
    }

    /** @param cluster counts the calls together with other nodes; null where there are none */
    public PlanStep(
            List<AccessTable> tables,
            Limits limits,
            ClusterLimits cluster,
            Limit account,
            LimitListener listener,
            boolean tellsClients) {
        this.tables = new AccessTables(tables);
        this.limits = limits;
        this.cluster = cluster;
        this.account = account;
        this.listener = listener;
        this.tellsClients = tellsClients;
    }

    Awaited<Admitted> admit(Authorized authorized) {
        CompiledMethod method = authorized.matched().method();
        if (this == UNCOUNTED || method.integration() instanceof CompiledIntegration.Unmatched) {
            return Awaited.passed(new Admitted(authorized, null, false));
        }
        return method.apiKeyRequired() ? admitClient(authorized) : decide(authorized, null, shared(method));
    }

    /** Only where nodes count together somebody may have to wait. */
    private Awaited<Admitted> decide(Authorized authorized, Claim claim, List<Limit> shared) {
        if (cluster == null) {
            return new Awaited.Now<>(verdict(authorized, claim, limits.admit(claim, shared)));
        }
        CompletableFuture<Verdict> verdict = cluster.admit(claim, shared);
        return verdict.isDone()
                ? new Awaited.Now<>(verdict(authorized, claim, verdict.join()))
                : Awaited.of(verdict.thenApply(later -> verdict(authorized, claim, later)));
    }

    private Awaited<Admitted> admitClient(Authorized authorized) {
        String value = key(authorized);
        if (value == null) {
            return unknown(authorized, "No API Key");
        }
        StageId stage =
                new StageId(authorized.stage().apiId(), authorized.stage().stageName());
        Client client = tables.find(value);
        if (client == null) {
            return unknown(authorized, "No such API Key");
        }
        if (!client.enabled()) {
            return unknown(authorized, "API Key Id " + client.id() + " is disabled");
        }
        CompiledPlan plan = tables.plan(client, stage);
        return plan == null
                ? unknown(authorized, "No Usage Plan found for API Key Id " + client.id() + " and API Stage")
                : admit(authorized, value, client, plan, stage);
    }

    private Awaited<Admitted> admit(
            Authorized authorized, String value, Client client, CompiledPlan plan, StageId stage) {
        CompiledMethod method = authorized.matched().method();
        String verb = authorized.arrived().request().method();
        Limit ofMethod = plan.method(stage, method.resourcePath(), verb, method.httpMethod());
        Claim claim = new Claim(plan.id(), client.id(), plan.quota(), ofMethod, plan.client(), plan.terms());
        CallContext context = authorized.context().withApiKey(new CallContext.ApiKey(client.id(), value));
        return decide(authorized.with(context), claim, shared(method));
    }

    private List<Limit> shared(CompiledMethod method) {
        if (account == null) {
            return method.throttle() == null ? List.of() : List.of(method.throttle());
        }
        return method.throttle() == null ? List.of(account) : List.of(method.throttle(), account);
    }

    /**
     * The one key that the caller shows, or that an authorizer named for it; null where there is none, or several: which of them
     * was meant is nothing to guess.
     */
    static String key(Authorized authorized) {
        if (authorized.stage().apiKeyFromAuthorizer()) {
            return authorized.usageIdentifierKey();
        }
        List<String> shown = authorized.arrived().request().headers().all(HEADER);
        return shown.size() == 1 && !shown.get(0).isEmpty() ? shown.get(0) : null;
    }

    // ---- answers

    private Outcome<Admitted> verdict(Authorized authorized, Claim claim, Verdict verdict) {
        if (verdict.permitted()) {
            return Outcome.passed(
                    new Admitted(authorized, claim == null ? null : usage(claim, verdict.standing()), tellsClients));
        }
        LimitExceeded exceeded = exceeded(authorized, claim, verdict);
        tell(exceeded);
        Refusal refusal = switch (verdict.refusedBy()) {
            case QUOTA ->
                Refusal.typed(
                        ResponseType.QUOTA_EXCEEDED,
                        "Limit Exceeded",
                        "Key quota limit exceeded for Usage Plan " + claim.planId() + ", API Key Id "
                                + claim.keyId() + ". Limit: "
                                + claim.quota().limit() + " Period: "
                                + claim.quota().period());
            case UNREACHABLE ->
                Refusal.typed(
                                ResponseType.THROTTLED,
                                "Too Many Requests",
                                "Usage Plan check failed due to an internal error")
                        .withRemark("Refused by: " + whose(verdict.refusedBy(), claim));
            default ->
                Refusal.typed(ResponseType.THROTTLED, "Too Many Requests", throttled(authorized, verdict.rate()))
                        .withRemark("Refused by: " + whose(verdict.refusedBy(), claim));
        };
        Phase learnt = new Admitted(authorized, claim == null ? null : usage(claim, verdict.standing()), tellsClients);
        return new Outcome.Refused<>(refusal, learnt);
    }

    /** Amazon's line is the same whoever has set the limit. */
    private static String whose(Level level, Claim claim) {
        return switch (level) {
            case QUOTA, CLIENT -> client(claim) + "the key";
            case CLIENT_METHOD -> client(claim) + "the key and the method";
            case METHOD -> "the stage, for all clients of the method";
            case ACCOUNT -> "the account, for all calls";
            case UNREACHABLE -> "the cluster, whose counters do not answer";
        };
    }

    private static String client(Claim claim) {
        return "Usage Plan " + claim.planId() + ", API Key Id " + claim.keyId() + ", for ";
    }

    private static String throttled(Authorized authorized, Rate rate) {
        return "Key throttle limit exceeded for RestApi " + authorized.stage().apiId() + ", Stage "
                + authorized.stage().stageName() + ", Resource "
                + authorized.matched().method().resourceId() + ", HttpMethod "
                + authorized.matched().method().httpMethod() + ". Limit: "
                + String.format(Locale.ROOT, "%.2f", rate.perSecond()) + " Burst: " + rate.burst();
    }

    private static Awaited<Admitted> unknown(Authorized authorized, String reason) {
        String detail = "API Key " + shown(authorized) + " not authorized because method '" + method(authorized)
                + "' requires API Key and API Key is not associated with a Usage Plan for API Stage "
                + stage(authorized) + ": " + reason;
        return new Awaited.Now<>(new Outcome.Refused<>(
                Refusal.typed(ResponseType.INVALID_API_KEY, "Forbidden", detail),
                new Admitted(authorized, null, false)));
    }

    private static ClientUsage usage(Claim claim, Standing standing) {
        Rate throttle = standing.throttle();
        Quota quota = standing.quota();
        return new ClientUsage(
                claim.planId(),
                claim.keyId(),
                throttle == null ? null : throttle.perSecond(),
                throttle == null ? 0 : throttle.burst(),
                standing.tokens(),
                quota == null ? null : quota.limit(),
                standing.quotaRemaining(),
                standing.quotaEnds());
    }

    private static LimitExceeded exceeded(Authorized authorized, Claim claim, Verdict verdict) {
        boolean ofQuota = verdict.refusedBy() == Level.QUOTA;
        return new LimitExceeded(
                authorized.context().call().requestId(),
                authorized.stage().apiId(),
                authorized.stage().stageName(),
                method(authorized),
                claim == null ? null : claim.planId(),
                claim == null ? null : claim.keyId(),
                verdict.refusedBy(),
                limit(claim, verdict),
                ofQuota
                        ? Duration.between(
                                authorized.context().call().requestTime(),
                                verdict.standing().quotaEnds())
                        : verdict.retryAfter());
    }

    private static String limit(Claim claim, Verdict verdict) {
        return switch (verdict.refusedBy()) {
            case QUOTA -> claim.quota().limit() + " per " + claim.quota().period();
            case UNREACHABLE -> "unknown, because the counters of the cluster do not answer";
            default ->
                verdict.rate().perSecond() + " per second, burst "
                        + verdict.rate().burst();
        };
    }

    private void tell(LimitExceeded exceeded) {
        try {
            listener.refused(exceeded);
        } catch (RuntimeException e) {
            LOG.error("({}) A listener for exceeded limits has failed", exceeded.requestId(), e);
        }
    }

    // ---- what the execution log says

    /** Before the method runs: whether the call counts, if it is let in at all. */
    static List<String> checked(Authorized authorized, boolean admitted) {
        String id = authorized.context().call().requestId();
        String key = shown(authorized);
        String verifying =
                "Verifying Usage Plan for request: " + id + ". API Key: " + key + " API Stage: " + stage(authorized);
        String succeeded = "Usage Plan check succeeded for API Key " + key + " and API Stage " + stage(authorized);
        if (!admitted) {
            return List.of(verifying);
        }
        return authorized.matched().method().apiKeyRequired()
                ? List.of(verifying, succeeded)
                : List.of(
                        verifying,
                        "API Key " + key + " authorized because method '" + method(authorized)
                                + "' does not require API Key. Request will not contribute to throttle or quota limits",
                        succeeded);
    }

    private static String shown(Authorized authorized) {
        String key = key(authorized);
        return key == null ? "" : ExecutionLog.masked(key);
    }

    private static String method(Authorized authorized) {
        return authorized.matched().method().httpMethod() + " "
                + authorized.matched().method().resourcePath();
    }

    private static String stage(Authorized authorized) {
        return authorized.stage().apiId() + "/" + authorized.stage().stageName();
    }
}
