package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.definition.ApiStage;
import dev.gatehouse.definition.QuotaPeriodType;
import dev.gatehouse.definition.QuotaSettings;
import dev.gatehouse.definition.ThrottleSettings;
import dev.gatehouse.definition.UsagePlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a usage plan may look like, and what of it an update may change. */
final class UsagePlanRules {

    private static final String THROTTLE = "/apiStages/*/throttle";
    private static final String METHOD = THROTTLE + "/*/*";
    private static final ThrottleSettings UNLIMITED = new ThrottleSettings(null, null);
    private static final QuotaSettings NO_QUOTA_YET = new QuotaSettings(0, 0, null);
    private static final Pattern METHOD_KEY =
            Pattern.compile("(/.*)/(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY|\\*)", Pattern.DOTALL);

    /** As Amazon writes the paths with wildcards, misspelling included. */
    private static final Map<String, String> PRINTED = Map.of(
            THROTTLE,
            "/apiStages/<apidId:stageName>/throttle",
            METHOD,
            "/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>",
            METHOD + "/rateLimit",
            "/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>/rateLimit",
            METHOD + "/burstLimit",
            "/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>/burstLimit");

    private static final Patch.Wording WORDING = new Patch.Wording() {
        @Override
        public ControlError unknownPath(PatchOperation operation, Set<String> pathsForThisOp) {
            List<String> printed = pathsForThisOp.stream()
                    .map(path -> PRINTED.getOrDefault(path, path))
                    .toList();
            return ControlError.badRequest("Invalid patch path  '" + operation.path() + "' specified for op '"
                    + operation.op() + "'. Must be one of: " + printed);
        }

        @Override
        public ControlError unsupportedOp(PatchOperation operation, Set<String> opsOfThisPath) {
            return Patch.LISTING.unsupportedOp(operation, opsOfThisPath);
        }
    };

    /** For {@code remove} in the order of the reported text. */
    static final Patch<UsagePlan> PATCH = Patch.<UsagePlan>of(WORDING)
            .on("add remove", "/apiStages", UsagePlanRules::apiStage)
            .on("remove", "/quota", (plan, op) -> plan.with(draft -> draft.quota = null))
            .on("remove", "/throttle", (plan, op) -> plan.with(draft -> draft.throttle = null))
            .on(
                    "add replace remove",
                    "/productCode",
                    (plan, op) -> plan.with(draft -> draft.productCode = op.is("remove") ? null : op.valueOrNull()))
            .on("remove", METHOD, UsagePlanRules::removeMethod)
            .on("add replace remove", THROTTLE, UsagePlanRules::wholeThrottle)
            .on("add replace", METHOD + "/rateLimit", (plan, op) -> method(plan, op, limits -> rate(limits, op)))
            .on("add replace", METHOD + "/burstLimit", (plan, op) -> method(plan, op, limits -> burst(limits, op)))
            .on("replace", "/name", (plan, op) -> plan.with(draft -> draft.name = op.value()))
            .on("replace", "/description", (plan, op) -> plan.with(draft -> draft.description = op.valueOrNull()))
            .on(
                    "add replace",
                    "/quota/limit",
                    (plan, op) -> quota(plan, quota -> new QuotaSettings(integer(op), quota.offset(), quota.period())))
            .on(
                    "add replace",
                    "/quota/offset",
                    (plan, op) -> quota(plan, quota -> new QuotaSettings(quota.limit(), integer(op), quota.period())))
            .on(
                    "add replace",
                    "/quota/period",
                    (plan, op) -> quota(plan, quota -> new QuotaSettings(quota.limit(), quota.offset(), period(op))))
            .on("add replace", "/throttle/burstLimit", (plan, op) -> {
                ThrottleSettings limits = burst(plan.throttle() == null ? UNLIMITED : plan.throttle(), op);
                return plan.with(draft -> draft.throttle = limits);
            })
            .on("add replace", "/throttle/rateLimit", (plan, op) -> {
                ThrottleSettings limits = rate(plan.throttle() == null ? UNLIMITED : plan.throttle(), op);
                return plan.with(draft -> draft.throttle = limits);
            });

    private UsagePlanRules() {}

    // ---- what is sent

    static List<ApiStage> apiStages(List<Members> stages) {
        return stages == null
                ? List.of()
                : stages.stream()
                        .map(stage -> new ApiStage(
                                stage.string("apiId"), stage.string("stage"), throttles(stage.objectMap("throttle"))))
                        .toList();
    }

    private static Map<String, ThrottleSettings> throttles(Map<String, Members> throttles) {
        Map<String, ThrottleSettings> limits = new LinkedHashMap<>();
        if (throttles != null) {
            throttles.forEach((method, settings) -> limits.put(method, limits(settings)));
        }
        return limits;
    }

    private static ThrottleSettings limits(Members settings) {
        return new ThrottleSettings(settings.integer("burstLimit"), settings.number("rateLimit"));
    }

    /** @return null where there is none, or one that limits nothing */
    static ThrottleSettings throttle(Members settings) {
        ThrottleSettings limits = settings == null ? UNLIMITED : limits(settings);
        return limits.equals(UNLIMITED) ? null : limits;
    }

    /** @return null where there is none */
    static QuotaSettings quota(Members settings) {
        if (settings == null) {
            return null;
        }
        Integer limit = settings.integer("limit");
        Integer offset = settings.integer("offset");
        QuotaPeriodType period = settings.enumeration("period", QuotaPeriodType.class);
        return new QuotaSettings(limit == null ? 0 : limit, offset == null ? 0 : offset, period);
    }

    // ---- what is right

    /** All but whether the stages are there. */
    static void check(UsagePlan plan) {
        if (plan.name() == null || plan.name().isBlank()) {
            throw ControlError.badRequest("Usage Plan name cannot be blank");
        }
        Set<String> seen = new HashSet<>();
        for (ApiStage stage : plan.apiStages()) {
            if (isEmpty(stage.apiId()) || isEmpty(stage.stage())) {
                throw ControlError.badRequest("Invalid API Stage " + printed(stage.apiId(), stage.stage())
                        + " specified for usageplan " + plan.name());
            }
            if (!seen.add(stage.apiId() + ":" + stage.stage())) {
                throw ControlError.badRequest(
                        "API Stage " + stage.apiId() + ":" + stage.stage() + " is there more than once");
            }
            stage.throttle().forEach((method, limits) -> {
                if (!METHOD_KEY.matcher(method).matches()) {
                    throw wrongMethod(method);
                }
                checkLimits(method, limits);
            });
        }
        if (plan.throttle() != null) {
            checkLimits("throttle", plan.throttle());
        }
        if (plan.quota() != null) {
            check(plan.quota());
        }
    }

    private static void checkLimits(String place, ThrottleSettings limits) {
        if (limits.burstLimit() != null && limits.burstLimit() < 0) {
            throw ControlError.badRequest("Invalid burstLimit of " + place + ", must not be negative");
        }
        if (limits.rateLimit() != null && !(limits.rateLimit() >= 0 && limits.rateLimit() <= Double.MAX_VALUE)) {
            throw ControlError.badRequest("Invalid rateLimit of " + place + ", must not be negative");
        }
    }

    /** The offset is one of days (reported validation texts). */
    private static void check(QuotaSettings quota) {
        if (quota.limit() < 1) {
            throw ControlError.badRequest("Usage Plan quota limit should be at least 1");
        }
        if (quota.period() == null) {
            throw ControlError.badRequest(
                    "Usage Plan quota period should be one of " + Arrays.toString(QuotaPeriodType.values()));
        }
        int last = quota.period() == QuotaPeriodType.MONTH ? 27 : quota.period() == QuotaPeriodType.WEEK ? 6 : 0;
        if (quota.offset() < 0 || quota.offset() > last) {
            throw ControlError.badRequest(
                    last == 0
                            ? "Usage Plan quota offset should be zero in the DAY period"
                            : "Usage Plan quota offset should be between zero and " + last + " inclusive in the "
                                    + quota.period() + " period");
        }
    }

    /** @return whether there are any */
    static boolean checkNewStages(Reading reading, UsagePlan before, UsagePlan after) {
        List<ApiStage> added = after.apiStages().stream()
                .filter(stage -> find(before, stage.apiId(), stage.stage()).isEmpty())
                .toList();
        added.forEach(stage -> checkThere(reading, stage.apiId(), stage.stage()));
        return !added.isEmpty();
    }

    static void checkThere(Reading reading, String apiId, String stage) {
        if (Stages.findStage(reading, apiId, stage).isEmpty()) {
            throw ControlError.notFound("API Stage not found: " + apiId + ":" + stage);
        }
    }

    static Optional<ApiStage> find(UsagePlan plan, String apiId, String stage) {
        return plan.apiStages().stream()
                .filter(one -> one.apiId().equals(apiId) && one.stage().equals(stage))
                .findFirst();
    }

    // ---- what an update changes

    private static UsagePlan apiStage(UsagePlan plan, PatchOperation operation) {
        ApiStage stage = parse(operation.value());
        List<ApiStage> stages = new ArrayList<>(plan.apiStages());
        Optional<ApiStage> present = find(plan, stage.apiId(), stage.stage());
        if (operation.is("remove")) {
            stages.remove(present.orElseThrow(() -> unknown(plan, stage)));
        } else if (present.isPresent()) {
            throw ControlError.conflict("API Stage " + operation.value() + " is already in Usage Plan " + plan.id());
        } else {
            stages.add(stage);
        }
        return plan.with(draft -> draft.apiStages = stages);
    }

    private static ApiStage parse(String text) {
        int colon = text == null ? -1 : text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw ControlError.badRequest("Invalid API Stage specified");
        }
        return new ApiStage(text.substring(0, colon), text.substring(colon + 1), Map.of());
    }

    private static ControlError unknown(UsagePlan plan, ApiStage stage) {
        return ControlError.notFound(
                "Invalid API Stage " + printed(stage.apiId(), stage.stage()) + " specified for usageplan " + plan.id());
    }

    private static String printed(String apiId, String stage) {
        return "{api: " + apiId + ", stage: " + stage + "}";
    }

    /** The resource path may be written with its slashes escaped, as Amazon says, or not, as some tools do. */
    static List<PatchOperation> inOneForm(List<PatchOperation> operations) {
        return operations.stream().map(UsagePlanRules::inOneForm).toList();
    }

    private static PatchOperation inOneForm(PatchOperation operation) {
        String[] segments =
                operation.path() == null ? new String[0] : operation.path().split("/", -1);
        if (segments.length < 5 || !segments[1].equals("apiStages") || !segments[3].equals("throttle")) {
            return operation;
        }
        String last = segments[segments.length - 1];
        boolean limit = last.equals("rateLimit") || last.equals("burstLimit");
        String method = Arrays.stream(segments, 4, limit ? segments.length - 1 : segments.length)
                .map(segment -> segment.replace("~1", "/").replace("~0", "~"))
                .collect(Collectors.joining("/"));
        Matcher parts = METHOD_KEY.matcher(method);
        if (!parts.matches()) {
            throw wrongMethod(method);
        }
        String path = String.join(
                "/",
                "/apiStages",
                segments[2],
                "throttle",
                parts.group(1).replace("~", "~0").replace("/", "~1"),
                parts.group(2));
        return new PatchOperation(
                operation.op(), limit ? path + "/" + last : path, operation.value(), operation.from(), List.of());
    }

    private static ControlError wrongMethod(String method) {
        return ControlError.badRequest(
                "Invalid throttle key '" + method + "', must be a resource path, a slash and a method");
    }

    private static UsagePlan method(UsagePlan plan, PatchOperation operation, UnaryOperator<ThrottleSettings> change) {
        return throttles(
                plan,
                operation,
                limits -> limits.compute(
                        key(operation), (method, before) -> change.apply(before == null ? UNLIMITED : before)));
    }

    private static UsagePlan removeMethod(UsagePlan plan, PatchOperation operation) {
        return throttles(plan, operation, limits -> {
            if (limits.remove(key(operation)) == null) {
                throw ControlError.notFound(
                        "There is no throttle for " + key(operation) + " in API Stage " + operation.token(0));
            }
        });
    }

    private static String key(PatchOperation operation) {
        return operation.token(1) + "/" + operation.token(2);
    }

    private static UsagePlan wholeThrottle(UsagePlan plan, PatchOperation operation) {
        Map<String, ThrottleSettings> limits = operation.is("remove") ? Map.of() : parseThrottles(operation);
        return throttles(plan, operation, before -> {
            before.clear();
            before.putAll(limits);
        });
    }

    private static Map<String, ThrottleSettings> parseThrottles(PatchOperation operation) {
        if (operation.value() == null || !Documents.isObject(operation.value())) {
            throw wrongValue(operation);
        }
        JsonNode limits = Documents.parse(operation.value().getBytes(StandardCharsets.UTF_8));
        JsonNode wrapped = Documents.object().set("throttle", limits);
        return throttles(new Members(wrapped, "throttle", new ArrayList<>()).objectMap("throttle"));
    }

    private interface Throttles {
        void change(Map<String, ThrottleSettings> limits);
    }

    private static UsagePlan throttles(UsagePlan plan, PatchOperation operation, Throttles change) {
        ApiStage wanted = parse(operation.token(0));
        ApiStage before = find(plan, wanted.apiId(), wanted.stage()).orElseThrow(() -> unknown(plan, wanted));
        Map<String, ThrottleSettings> limits = new LinkedHashMap<>(before.throttle());
        change.change(limits);
        List<ApiStage> stages = new ArrayList<>(plan.apiStages());
        stages.set(stages.indexOf(before), new ApiStage(before.apiId(), before.stage(), limits));
        return plan.with(draft -> draft.apiStages = stages);
    }

    /** A plan without a quota gets one with offset 0 (recorded). */
    private static UsagePlan quota(UsagePlan plan, UnaryOperator<QuotaSettings> change) {
        QuotaSettings quota = change.apply(plan.quota() == null ? NO_QUOTA_YET : plan.quota());
        return plan.with(draft -> draft.quota = quota);
    }

    private static ThrottleSettings burst(ThrottleSettings limits, PatchOperation operation) {
        return new ThrottleSettings(integer(operation), limits.rateLimit());
    }

    private static ThrottleSettings rate(ThrottleSettings limits, PatchOperation operation) {
        try {
            return new ThrottleSettings(limits.burstLimit(), Double.valueOf(String.valueOf(operation.value())));
        } catch (NumberFormatException e) {
            throw wrongValue(operation);
        }
    }

    private static int integer(PatchOperation operation) {
        try {
            return Integer.parseInt(String.valueOf(operation.value()));
        } catch (NumberFormatException e) {
            throw wrongValue(operation);
        }
    }

    private static QuotaPeriodType period(PatchOperation operation) {
        return Arrays.stream(QuotaPeriodType.values())
                .filter(period -> period.name().equals(operation.value()))
                .findFirst()
                .orElseThrow(() -> wrongValue(operation));
    }

    private static ControlError wrongValue(PatchOperation operation) {
        return ControlError.badRequest(
                "Invalid value '" + operation.value() + "' specified for path '" + operation.path() + "'");
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isEmpty();
    }
}
