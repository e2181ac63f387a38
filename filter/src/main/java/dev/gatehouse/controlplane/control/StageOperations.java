package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.CanarySettings;
import dev.gatehouse.definition.Stage;
import java.util.List;
import java.util.Map;

/** Operations on stages. What they change acts at once. */
final class StageOperations {

    /** Beyond Amazon, and no member: whether the API has changed since the stage's deployment. */
    private static final String UNDEPLOYED = "x-gatehouse-undeployed-changes";

    private static final String UNKNOWN = "Invalid stage identifier specified";
    private static final String MANY = "/restapis/{restapi_id}/stages";
    private static final String ONE = MANY + "/{stage_name}";

    static final List<Operation> ALL = List.of(
            Operation.of("CreateStage", "POST", MANY, 201, StageOperations::create),
            Operation.of("GetStages", "GET", MANY, 200, StageOperations::list),
            Operation.of("GetStage", "GET", ONE, 200, StageOperations::get),
            Operation.of("UpdateStage", "PATCH", ONE, 200, StageOperations::update),
            Operation.of("DeleteStage", "DELETE", ONE, 202, StageOperations::delete),
            Operation.of("FlushStageCache", "DELETE", ONE + "/cache/data", 202, StageOperations::flush),
            Operation.of(
                    "FlushStageAuthorizersCache",
                    "DELETE",
                    ONE + "/cache/authorizers",
                    202,
                    StageOperations::flushAuthorizers));

    /** Stages have tags of their own. */
    static final Taggable TAGGED = new TaggedStage();

    private StageOperations() {}

    private static Answer create(Call call) {
        Members body = call.body("createStageInput");
        String name = body.required("stageName");
        String deploymentId = body.required("deploymentId");
        String description = body.string("description");
        boolean cache = body.flag("cacheClusterEnabled");
        String cacheSize = body.string("cacheClusterSize");
        Map<String, String> variables = body.stringMap("variables");
        String documentation = body.string("documentationVersion");
        Members canary = body.object("canarySettings");
        boolean tracing = body.flag("tracingEnabled");
        Map<String, String> tags = body.stringMap("tags");
        CanarySettings canarySettings = canary == null ? null : StageRules.canary(canary, deploymentId);
        String apiId = call.label("restapi_id");
        Stage created = call.write(writing -> {
            Apis.get(writing, call, apiId);
            if (Stages.findStage(writing, apiId, name).isPresent()) {
                throw ControlError.conflict("Stage already exists");
            }
            Tags.check(tags);
            Stage stage = StageRules.withCacheStatus(
                    StageRules.fresh(call, name, deploymentId).with(draft -> {
                        draft.description = description;
                        draft.cacheClusterEnabled = cache;
                        draft.cacheClusterSize = cacheSize;
                        draft.variables = variables;
                        draft.documentationVersion = documentation;
                        draft.canarySettings = canarySettings;
                        draft.tracingEnabled = tracing;
                        draft.tags = tags;
                    }));
            StageRules.check(writing, call, apiId, stage);
            Stages.put(writing, apiId, stage);
            return stage;
        });
        call.publish(apiId);
        return Answer.json(Documents.wire(created));
    }

    private static Answer list(Call call) {
        String deploymentId = call.query("deploymentId");
        String apiId = call.label("restapi_id");
        return call.read(reading -> {
            Apis.get(reading, call, apiId);
            return Call.whole(Stages.all(reading, apiId).stream()
                    .filter(stage -> deploymentId == null || deploymentId.equals(stage.deploymentId()))
                    .map(Documents::wire)
                    .toList());
        });
    }

    private static Answer get(Call call) {
        String apiId = call.label("restapi_id");
        String name = call.label("stage_name");
        return call.read(reading -> {
            Stage stage = one(reading, apiId, name);
            boolean changed = !Stages.changes(reading, apiId, stage).isEmpty();
            return Answer.json(shapeWithTags(stage)).with(UNDEPLOYED, String.valueOf(changed));
        });
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations = call.body("updateStageInput").patchOperations();
        String apiId = call.label("restapi_id");
        String name = call.label("stage_name");
        Stage updated = call.write(writing -> {
            Stage before = one(writing, apiId, name);
            if (operations.isEmpty()) {
                return before;
            }
            Stage stage = StageRules.PATCH.apply(before, operations).with(draft -> draft.lastUpdatedDate = call.now());
            StageRules.check(writing, call, apiId, stage);
            Stages.put(writing, apiId, stage);
            return stage;
        });
        call.publish(apiId);
        return Answer.json(shapeWithTags(updated));
    }

    private static Answer delete(Call call) {
        String apiId = call.label("restapi_id");
        String name = call.label("stage_name");
        call.write(writing -> {
            one(writing, apiId, name);
            List<String> domains = BasePathMappingOperations.domainsLeadingTo(writing, apiId, name);
            if (!domains.isEmpty()) {
                throw ControlError.badRequest("Deleting stage " + name + " failed. Please remove all base path mappings"
                        + " related to the stage in your domains: " + String.join(", ", domains));
            }
            UsagePlans.forgetStages(writing, apiId, name);
            return Stages.removeStage(writing, apiId, name);
        });
        call.publish(apiId);
        return Answer.NOTHING;
    }

    /** No stage has a cache of answers, so there is nothing to forget. */
    private static Answer flush(Call call) {
        String apiId = call.label("restapi_id");
        String name = call.label("stage_name");
        call.read(reading -> one(reading, apiId, name));
        return Answer.NOTHING;
    }

    private static Answer flushAuthorizers(Call call) {
        String apiId = call.label("restapi_id");
        String name = call.label("stage_name");
        call.write(writing -> {
            Marks.FLUSHED.mark(writing, apiId, name);
            return one(writing, apiId, name);
        });
        call.flushAuthorizers(apiId, name);
        return Answer.NOTHING;
    }

    static Stage one(Reading reading, String apiId, String name) {
        return Stages.findStage(reading, apiId, name).orElseThrow(() -> ControlError.notFound(UNKNOWN));
    }

    private static ObjectNode shapeWithTags(Stage stage) {
        ObjectNode shape = Documents.wire(stage);
        if (!shape.has("tags")) {
            shape.putObject("tags");
        }
        return shape;
    }

    private static final class TaggedStage implements Taggable {

        @Override
        public String path() {
            return "/restapis/{restapi_id}/stages/{stage_name}";
        }

        @Override
        public Map<String, String> tags(Reading reading, Call call, List<String> labels) {
            return one(reading, labels.get(0), labels.get(1)).tags();
        }

        @Override
        public void tag(Writing writing, Call call, List<String> labels, Map<String, String> tags) {
            Stage stage = one(writing, labels.get(0), labels.get(1));
            Stages.put(writing, labels.get(0), stage.with(draft -> draft.tags = tags));
        }
    }
}
