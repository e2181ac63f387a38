package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.definition.Stage;
import java.util.List;

/** Beyond Amazon: what of an API has changed since the deployment of a stage. In a namespace that no tool of Amazon's uses. */
final class ChangeOperations {

    static final List<Operation> ALL = List.of(Operation.of(
            "GetStageChanges",
            "GET",
            Operation.OWN + "/restapis/{restapi_id}/stages/{stage_name}/changes",
            200,
            ChangeOperations::list));

    private ChangeOperations() {}

    /** Like the list of stages it has no pages. */
    private static Answer list(Call call) {
        String apiId = call.label("restapi_id");
        String name = call.label("stage_name");
        return call.read(reading -> {
            Stage stage = StageOperations.one(reading, apiId, name);
            ObjectNode shape = Documents.object();
            shape.put("deploymentId", stage.deploymentId());
            ArrayNode items = shape.putArray("item");
            Stages.changes(reading, apiId, stage).forEach(change -> items.add(change.shape()));
            return Answer.json(shape);
        });
    }
}
