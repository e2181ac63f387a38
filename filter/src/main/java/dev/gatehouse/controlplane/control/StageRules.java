package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.definition.AccessLogSettings;
import dev.gatehouse.definition.CacheClusterStatus;
import dev.gatehouse.definition.CanarySettings;
import dev.gatehouse.definition.LoggingLevel;
import dev.gatehouse.definition.MethodSetting;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.definition.UnauthorizedCacheControlHeaderStrategy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a stage may look like, and what of it an update may change. Texts are recorded where Amazon's are known. */
final class StageRules {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
    private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");
    private static final Pattern VARIABLE_VALUE = Pattern.compile("[A-Za-z0-9-._~:/?#&=,]{1,512}");

    private static final String CANARY_DEPLOYMENT = "/canarySettings/deploymentId";
    private static final String CANARY_OVERRIDES = "/canarySettings/stageVariableOverrides";

    /** As Amazon has it, its missing commas included. */
    private static final String PATHS = "[/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize,"
            + " /clientCertificateId, /accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format,"
            + " /{resourcePath}/{httpMethod}/metrics/enabled, /{resourcePath}/{httpMethod}/logging/dataTrace,"
            + " /{resourcePath}/{httpMethod}/logging/loglevel, /{resourcePath}/{httpMethod}/throttling/burstLimit"
            + "/{resourcePath}/{httpMethod}/throttling/rateLimit/{resourcePath}/{httpMethod}/caching/ttlInSeconds,"
            + " /{resourcePath}/{httpMethod}/caching/enabled, /{resourcePath}/{httpMethod}/caching/dataEncrypted,"
            + " /{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl,"
            + " /{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, /*/*/metrics/enabled,"
            + " /*/*/logging/dataTrace, /*/*/logging/loglevel, /*/*/throttling/burstLimit /*/*/throttling/rateLimit"
            + " /*/*/caching/ttlInSeconds, /*/*/caching/enabled, /*/*/caching/dataEncrypted,"
            + " /*/*/caching/requireAuthorizationForCacheControl,"
            + " /*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{variable_name}, /tracingEnabled]";

    /** What is said depends on the operation alone: that nearly everything may be a method setting leaves no other way. */
    private static final Patch.Wording WORDING = new Patch.Wording() {
        @Override
        public ControlError unknownPath(PatchOperation operation, Set<String> pathsForThisOp) {
            return switch (operation.op()) {
                case "replace" -> invalid(operation);
                case "remove" -> noSetting(operation.path().substring(1));
                case "copy" ->
                    ControlError.badRequest("Invalid copy operation with path: " + operation.path()
                            + " and from " + operation.from()
                            + ". Valid copy:path are [/deploymentId, /variables] and valid"
                            + " copy:from are [" + CANARY_DEPLOYMENT + ", " + CANARY_OVERRIDES + "]");
                default ->
                    ControlError.badRequest("Invalid " + operation.op() + " operation with path: " + operation.path());
            };
        }

        @Override
        public ControlError unsupportedOp(PatchOperation operation, Set<String> opsOfThisPath) {
            return unknownPath(operation, Set.of());
        }
    };

    static final Patch<Stage> PATCH = Patch.<Stage>of(WORDING)
            .on("replace", "/deploymentId", (stage, op) -> stage.with(draft -> draft.deploymentId = op.value()))
            .on("replace", "/description", (stage, op) -> stage.with(draft -> draft.description = op.valueOrNull()))
            .on(
                    "replace",
                    "/cacheClusterEnabled",
                    (stage, op) -> withCacheStatus(stage.with(draft -> draft.cacheClusterEnabled = op.flag())))
            .on(
                    "replace",
                    "/cacheClusterSize",
                    (stage, op) -> stage.with(draft -> draft.cacheClusterSize = op.valueOrNull()))
            .on(
                    "replace",
                    "/clientCertificateId",
                    (stage, op) -> stage.with(draft -> draft.clientCertificateId = op.valueOrNull()))
            .on(
                    "replace",
                    "/documentationVersion",
                    (stage, op) -> stage.with(draft -> draft.documentationVersion = op.valueOrNull()))
            .on("replace", "/tracingEnabled", (stage, op) -> stage.with(draft -> draft.tracingEnabled = op.flag()))
            .on(
                    "replace",
                    "/variables/*",
                    (stage, op) ->
                            stage.with(draft -> draft.variables = Maps.with(draft.variables, op.token(0), op.value())))
            .on(
                    "remove",
                    "/variables/*",
                    (stage, op) -> stage.with(draft -> draft.variables = Maps.without(draft.variables, op.token(0))))
            .on("copy", "/variables", StageRules::copyVariables)
            .on("copy", "/deploymentId", StageRules::copyDeployment)
            .on(
                    "add replace",
                    "/accessLogSettings/destinationArn",
                    (stage, op) -> accessLog(stage, log -> new AccessLogSettings(log.format(), filled(op))))
            .on(
                    "add replace",
                    "/accessLogSettings/format",
                    (stage, op) -> accessLog(stage, log -> new AccessLogSettings(filled(op), log.destinationArn())))
            .on("add replace", "/accessLogSettings", (stage, op) -> {
                throw invalidAccessLog();
            })
            .on("add replace", "/accessLogSettings/*", (stage, op) -> {
                throw invalidAccessLog();
            })
            .on("remove", "/accessLogSettings", (stage, op) -> stage.with(draft -> draft.accessLogSettings = null))
            .on("remove", "/canarySettings", (stage, op) -> stage.with(draft -> draft.canarySettings = null))
            .on(
                    "replace",
                    CANARY_DEPLOYMENT,
                    (stage, op) -> canary(
                            stage,
                            canary -> new CanarySettings(
                                    canary.percentTraffic(),
                                    op.value(),
                                    canary.stageVariableOverrides(),
                                    canary.useStageCache())))
            .on(
                    "replace",
                    "/canarySettings/percentTraffic",
                    (stage, op) -> canary(
                            stage,
                            canary -> new CanarySettings(
                                    number(op),
                                    canary.deploymentId(),
                                    canary.stageVariableOverrides(),
                                    canary.useStageCache())))
            .on(
                    "replace",
                    "/canarySettings/useStageCache",
                    (stage, op) -> canary(
                            stage,
                            canary -> new CanarySettings(
                                    canary.percentTraffic(),
                                    canary.deploymentId(),
                                    canary.stageVariableOverrides(),
                                    op.flag())))
            .on(
                    "replace",
                    CANARY_OVERRIDES + "/*",
                    (stage, op) -> canary(
                            stage,
                            canary -> overriding(
                                    canary, Maps.with(canary.stageVariableOverrides(), op.token(0), op.value()))))
            .on(
                    "remove",
                    CANARY_OVERRIDES + "/*",
                    (stage, op) -> canary(
                            stage,
                            canary -> overriding(canary, Maps.without(canary.stageVariableOverrides(), op.token(0)))))
            .on(
                    "replace",
                    "/*/*/metrics/enabled",
                    (stage, op) -> setting(stage, op, draft -> draft.metricsEnabled = op.flag()))
            .on(
                    "replace",
                    "/*/*/logging/dataTrace",
                    (stage, op) -> setting(stage, op, draft -> draft.dataTraceEnabled = op.flag()))
            .on(
                    "replace",
                    "/*/*/logging/loglevel",
                    (stage, op) -> setting(
                            stage,
                            op,
                            draft -> draft.loggingLevel = IntegrationRules.constant(
                                    LoggingLevel.class, String.valueOf(op.value()), "loglevel")))
            .on(
                    "replace",
                    "/*/*/throttling/burstLimit",
                    (stage, op) ->
                            setting(stage, op, draft -> draft.throttlingBurstLimit = integer(op, Integer.MAX_VALUE)))
            .on(
                    "replace",
                    "/*/*/throttling/rateLimit",
                    (stage, op) -> setting(stage, op, draft -> draft.throttlingRateLimit = number(op)))
            .on(
                    "replace",
                    "/*/*/caching/enabled",
                    (stage, op) -> setting(stage, op, draft -> draft.cachingEnabled = op.flag()))
            .on(
                    "replace",
                    "/*/*/caching/ttlInSeconds",
                    (stage, op) -> setting(stage, op, draft -> draft.cacheTtlInSeconds = integer(op, 3600)))
            .on(
                    "replace",
                    "/*/*/caching/dataEncrypted",
                    (stage, op) -> setting(stage, op, draft -> draft.cacheDataEncrypted = op.flag()))
            .on(
                    "replace",
                    "/*/*/caching/requireAuthorizationForCacheControl",
                    (stage, op) -> setting(stage, op, draft -> draft.requireAuthorizationForCacheControl = op.flag()))
            .on(
                    "replace",
                    "/*/*/caching/unauthorizedCacheControlHeaderStrategy",
                    (stage, op) -> setting(
                            stage,
                            op,
                            draft -> draft.unauthorizedCacheControlHeaderStrategy = IntegrationRules.constant(
                                    UnauthorizedCacheControlHeaderStrategy.class,
                                    String.valueOf(op.value()),
                                    "unauthorizedCacheControlHeaderStrategy")))
            .on("remove", "/*/*", (stage, op) -> {
                if (!stage.methodSettings().containsKey(key(op))) {
                    throw noSetting(op.path().substring(1));
                }
                return stage.with(draft -> draft.methodSettings = Maps.without(draft.methodSettings, key(op)));
            });

    private StageRules() {}

    /** A stage with Amazon's defaults. */
    static Stage fresh(Call call, String name, String deploymentId) {
        Stage.Draft draft = Stage.draft();
        draft.stageName = name;
        draft.deploymentId = deploymentId;
        draft.createdDate = call.now();
        draft.lastUpdatedDate = draft.createdDate;
        return draft.build();
    }

    /** @param deploymentId where the caller names none; may be null */
    static CanarySettings canary(Members said, String deploymentId) {
        Double percent = said.number("percentTraffic");
        String own = said.has("deploymentId") ? said.string("deploymentId") : deploymentId;
        return new CanarySettings(
                percent == null ? 0 : percent,
                own,
                said.stringMap("stageVariableOverrides"),
                said.flag("useStageCache"));
    }

    /** The cache of a stage is there as soon as it is wanted. */
    static Stage withCacheStatus(Stage stage) {
        return stage.with(draft -> draft.cacheClusterStatus =
                stage.cacheClusterEnabled() ? CacheClusterStatus.AVAILABLE : CacheClusterStatus.NOT_AVAILABLE);
    }

    /** @throws ControlError where the stage is wrong, or the data plane could not serve it */
    static void check(Reading reading, Call call, String apiId, Stage stage) {
        if (!NAME.matcher(stage.stageName()).matches()) {
            throw ControlError.badRequest("Stage name only allows a-zA-Z0-9_- and up to 128 characters");
        }
        checkVariables(stage.variables());
        CanarySettings canary = stage.canarySettings();
        boolean deployed =
                Stages.findDeployment(reading, apiId, stage.deploymentId()).isPresent();
        if (canary != null) {
            checkVariables(canary.stageVariableOverrides());
            if (!(canary.percentTraffic() >= 0 && canary.percentTraffic() <= 100)) {
                throw ControlError.badRequest("Canary percentTraffic must be between 0.0 and 100.0");
            }
            deployed &=
                    Stages.findDeployment(reading, apiId, canary.deploymentId()).isPresent();
        }
        if (!deployed) {
            throw ControlError.badRequest("Deployment id does not exist");
        }
        if (stage.clientCertificateId() != null) {
            ClientCertificateOperations.checkKnown(reading, stage.clientCertificateId());
        }
        if (stage.documentationVersion() != null
                && DocumentationRelease.find(reading, apiId, stage.documentationVersion())
                        .isEmpty()) {
            throw ControlError.badRequest("Invalid Documentation version specified");
        }
        List<Problem> problems =
                call.problems(Stages.release(reading, apiId, stage).orElseThrow());
        if (!problems.isEmpty()) {
            throw ControlError.badRequest(problems.stream()
                    .map(problem -> problem.pointer() + ": " + problem.message())
                    .collect(Collectors.joining("; ", "Stage " + stage.stageName() + " cannot be served: ", "")));
        }
    }

    static void checkVariables(Map<String, String> variables) {
        variables.forEach((name, value) -> {
            if (!VARIABLE_NAME.matcher(name).matches()) {
                throw ControlError.badRequest("Invalid stage variable name: " + name
                        + ". Please use up to 64 alphanumeric characters and underscores.");
            }
            if (value == null || !VARIABLE_VALUE.matcher(value).matches()) {
                throw ControlError.badRequest("Invalid stage variable value: " + value
                        + ". Please use up to 512 characters of A-Za-z0-9-._~:/?#&=,");
            }
        });
    }

    private static Stage copyVariables(Stage stage, PatchOperation operation) {
        if (!CANARY_OVERRIDES.equals(operation.from())) {
            throw WORDING.unknownPath(operation, Set.of());
        }
        Map<String, String> merged = new LinkedHashMap<>(stage.variables());
        merged.putAll(promoted(stage).stageVariableOverrides());
        return stage.with(draft -> draft.variables = merged);
    }

    private static Stage copyDeployment(Stage stage, PatchOperation operation) {
        if (!CANARY_DEPLOYMENT.equals(operation.from())) {
            throw WORDING.unknownPath(operation, Set.of());
        }
        String deploymentId = promoted(stage).deploymentId();
        return stage.with(draft -> draft.deploymentId = deploymentId);
    }

    private static CanarySettings promoted(Stage stage) {
        if (stage.canarySettings() == null) {
            throw ControlError.badRequest("Promotion not available. Canary does not exist.");
        }
        return stage.canarySettings();
    }

    /** Any setting of a canary makes one where there is none (recorded). */
    private static Stage canary(Stage stage, UnaryOperator<CanarySettings> change) {
        CanarySettings before = stage.canarySettings() == null
                ? new CanarySettings(0, stage.deploymentId(), Map.of(), false)
                : stage.canarySettings();
        CanarySettings after = change.apply(before);
        return stage.with(draft -> draft.canarySettings = after);
    }

    private static CanarySettings overriding(CanarySettings canary, Map<String, String> overrides) {
        return new CanarySettings(canary.percentTraffic(), canary.deploymentId(), overrides, canary.useStageCache());
    }

    private static Stage accessLog(Stage stage, UnaryOperator<AccessLogSettings> change) {
        AccessLogSettings before =
                stage.accessLogSettings() == null ? new AccessLogSettings(null, null) : stage.accessLogSettings();
        AccessLogSettings after = change.apply(before);
        return stage.with(draft -> draft.accessLogSettings = after);
    }

    private static String filled(PatchOperation operation) {
        if (operation.valueOrNull() == null) {
            throw ControlError.badRequest("Access Log value must not be empty");
        }
        return operation.value();
    }

    private interface SettingChange {
        void apply(MethodSetting.Draft draft);
    }

    /** The first setting of a method begins with those for all methods as they are now (recorded). */
    private static Stage setting(Stage stage, PatchOperation operation, SettingChange change) {
        Map<String, MethodSetting> settings = stage.methodSettings();
        MethodSetting before =
                settings.getOrDefault(key(operation), settings.getOrDefault("*/*", MethodSetting.DEFAULTS));
        MethodSetting after = before.with(change::apply);
        return stage.with(draft -> draft.methodSettings = Maps.with(settings, key(operation), after));
    }

    /** {@code pets/GET}, whether the path was sent with its leading slash or without. */
    private static String key(PatchOperation operation) {
        String path = operation.token(0);
        return (path.startsWith("/") ? path.substring(1) : path) + "/" + operation.token(1);
    }

    private static double number(PatchOperation operation) {
        try {
            double number = Double.parseDouble(String.valueOf(operation.value()));
            if (number >= 0 && number < Double.POSITIVE_INFINITY) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw ControlError.badRequest("Invalid value for " + operation.path() + ": " + operation.value());
    }

    private static int integer(PatchOperation operation, int most) {
        try {
            int number = Integer.parseInt(String.valueOf(operation.value()));
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw ControlError.badRequest("Invalid value for " + operation.path() + ": " + operation.value());
    }

    private static ControlError invalid(PatchOperation operation) {
        return ControlError.badRequest(
                "Invalid method setting path: " + operation.path() + ". Must be one of: " + PATHS);
    }

    private static ControlError noSetting(String path) {
        return ControlError.badRequest(
                "Cannot remove method setting " + path + " because there is no method setting for this method ");
    }

    private static ControlError invalidAccessLog() {
        return ControlError.badRequest("Invalid accessLogSettings path. Must be one of :"
                + " [/accessLogSettings/destinationArn, /accessLogSettings/format]");
    }
}
