package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.CanarySettings;
import dev.gatehouse.definition.Deployment;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.MethodSnapshot;
import dev.gatehouse.definition.Resource;
import dev.gatehouse.definition.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operations on deployments: an API frozen as it was. */
final class DeploymentOperations {

    static final String UNKNOWN = "Invalid Deployment identifier specified";

    private static final String MANY = "/restapis/{restapi_id}/deployments";
    private static final String ONE = MANY + "/{deployment_id}";
    private static final String INVALID = "Invalid deployment content specified.";

    static final List<Operation> ALL = List.of(
            Operation.of("CreateDeployment", "POST", MANY, 201, DeploymentOperations::create),
            Operation.of("GetDeployments", "GET", MANY, 200, DeploymentOperations::list),
            Operation.of("GetDeployment", "GET", ONE, 200, DeploymentOperations::get),
            Operation.of("UpdateDeployment", "PATCH", ONE, 200, DeploymentOperations::update),
            Operation.of("DeleteDeployment", "DELETE", ONE, 202, DeploymentOperations::delete));

    private static final Patch<Deployment> PATCH = Patch.<Deployment>of(Patch.LISTING)
            .on(
                    "replace",
                    "/description",
                    (one, op) -> new Deployment(one.id(), op.valueOrNull(), one.createdDate(), one.apiSummary()));

    private DeploymentOperations() {}

    /** What the caller says of the stage; members that are absent are null. */
    private record StageWishes(
            String name,
            String description,
            Boolean cacheClusterEnabled,
            String cacheClusterSize,
            Map<String, String> variables,
            Boolean tracingEnabled,
            CanarySettings canary) {}

    private static Answer create(Call call) {
        Members body = call.body("createDeploymentInput");
        String description = body.string("description");
        Members canary = body.object("canarySettings");
        StageWishes wishes = new StageWishes(
                body.string("stageName"),
                body.string("stageDescription"),
                body.bool("cacheClusterEnabled"),
                body.string("cacheClusterSize"),
                body.stringMap("variables"),
                body.bool("tracingEnabled"),
                canary == null ? null : StageRules.canary(canary, null));
        String apiId = call.label("restapi_id");
        Deployment created = call.write(writing -> {
            ApiDefinition api = Apis.get(writing, call, apiId);
            boolean named = wishes.name() != null && !wishes.name().isEmpty();
            Optional<Stage> before = named ? Stages.findStage(writing, apiId, wishes.name()) : Optional.empty();
            if (wishes.canary() != null) {
                checkCanary(wishes.name(), before);
            }
            checkComplete(api);
            Deployment deployment = new Deployment(call.home().newId(6), description, call.now(), Map.of());
            Stages.freeze(writing, api, deployment);
            if (named) {
                Stage stage = stage(call, before, wishes, deployment.id());
                StageRules.check(writing, call, apiId, stage);
                Stages.put(writing, apiId, stage);
            }
            return deployment;
        });
        call.publish(apiId);
        return Answer.json(Documents.wire(created));
    }

    private static void checkCanary(String stageName, Optional<Stage> stage) {
        if (stageName == null || stageName.isEmpty()) {
            throw ControlError.badRequest(INVALID
                    + "Non null and non empty stageName must be provided for canary deployment. Provided value is "
                    + stageName);
        }
        if (stage.isEmpty()) {
            throw ControlError.badRequest(INVALID + "Stage " + stageName
                    + " must already be created before making a canary release deployment");
        }
    }

    private static void checkComplete(ApiDefinition api) {
        List<Method> methods = api.resources().stream()
                .flatMap(resource -> resource.resourceMethods().values().stream())
                .toList();
        if (methods.isEmpty()) {
            throw ControlError.badRequest("The REST API doesn't contain any methods");
        }
        if (methods.stream().anyMatch(method -> method.methodIntegration() == null)) {
            throw ControlError.badRequest("No integration defined for method");
        }
    }

    /** A stage with a canary keeps its deployment: the new one is the canary's (recorded). */
    private static Stage stage(Call call, Optional<Stage> before, StageWishes wishes, String deploymentId) {
        Stage existing = before.orElseGet(() -> StageRules.fresh(call, wishes.name(), deploymentId));
        CanarySettings canary = wishes.canary() != null ? wishes.canary() : existing.canarySettings();
        return existing.with(draft -> {
            if (canary == null) {
                draft.deploymentId = deploymentId;
            } else {
                draft.canarySettings = new CanarySettings(
                        canary.percentTraffic(), deploymentId, canary.stageVariableOverrides(), canary.useStageCache());
            }
            draft.description = wishes.description() == null ? draft.description : wishes.description();
            draft.cacheClusterEnabled =
                    wishes.cacheClusterEnabled() == null ? draft.cacheClusterEnabled : wishes.cacheClusterEnabled();
            draft.cacheClusterSize =
                    wishes.cacheClusterSize() == null ? draft.cacheClusterSize : wishes.cacheClusterSize();
            draft.variables = wishes.variables() == null ? draft.variables : wishes.variables();
            draft.tracingEnabled = wishes.tracingEnabled() == null ? draft.tracingEnabled : wishes.tracingEnabled();
            draft.lastUpdatedDate = call.now();
        });
    }

    private static Answer list(Call call) {
        String apiId = call.label("restapi_id");
        return call.read(reading -> {
            Apis.get(reading, call, apiId);
            return call.page(
                    reading,
                    Stages.DEPLOYMENT,
                    apiId,
                    Order.NEWEST_FIRST,
                    entry -> Documents.wire(Stages.deployment(entry)));
        });
    }

    private static Answer get(Call call) {
        boolean summary = call.queryAll("embed").contains("apisummary");
        String apiId = call.label("restapi_id");
        String id = call.label("deployment_id");
        return call.read(reading -> {
            Deployment deployment = one(reading, apiId, id);
            ObjectNode shape = Documents.wire(deployment);
            if (summary) {
                shape.set(
                        "apiSummary", summary(Stages.frozen(reading, apiId, id).orElseThrow()));
            }
            return Answer.json(shape);
        });
    }

    private static JsonNode summary(ApiDefinition api) {
        Map<String, Map<String, MethodSnapshot>> summary = new LinkedHashMap<>();
        for (Resource resource : api.resources()) {
            resource.resourceMethods()
                    .forEach((verb, method) -> summary.computeIfAbsent(resource.path(), path -> new LinkedHashMap<>())
                            .put(verb, new MethodSnapshot(method.authorizationType(), method.apiKeyRequired())));
        }
        return Documents.wire(summary);
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations = call.body("updateDeploymentInput").patchOperations();
        String apiId = call.label("restapi_id");
        String id = call.label("deployment_id");
        Deployment updated = call.write(writing -> {
            Deployment deployment = PATCH.apply(one(writing, apiId, id), operations);
            Stages.put(writing, apiId, deployment);
            return deployment;
        });
        return Answer.json(Documents.wire(updated));
    }

    private static Answer delete(Call call) {
        String apiId = call.label("restapi_id");
        String id = call.label("deployment_id");
        call.write(writing -> {
            one(writing, apiId, id);
            checkUnused(writing, apiId, id);
            Stages.removeDeployment(writing, apiId, id);
            return id;
        });
        return Answer.NOTHING;
    }

    private static void checkUnused(Writing writing, String apiId, String id) {
        for (Stage stage : Stages.all(writing, apiId)) {
            boolean canary = stage.canarySettings() != null
                    && id.equals(stage.canarySettings().deploymentId());
            if (canary || id.equals(stage.deploymentId())) {
                throw ControlError.badRequest("Active stages pointing to this deployment must be moved or deleted");
            }
        }
    }

    private static Deployment one(Reading reading, String apiId, String id) {
        return Stages.findDeployment(reading, apiId, id).orElseThrow(() -> ControlError.notFound(UNKNOWN));
    }
}
