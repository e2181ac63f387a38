package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What happened to the latest calls of a stage that demanded to be traced. In a namespace that no tool of Amazon's uses. */
final class TraceOperations {

    private static final String PATH = Operation.OWN + "/restapis/{restapi_id}/stages/{stage_name}/traces";

    static final List<Operation> ALL = List.of(
            Operation.of("GetStageTraces", "GET", PATH, 200, TraceOperations::list),
            Operation.of("GetStageTrace", "GET", PATH + "/{trace_id}", 200, TraceOperations::get));

    private TraceOperations() {}

    /** The latest first; there are never so many that they need pages. */
    private static Answer list(Call call) {
        ObjectNode shape = Documents.object();
        ArrayNode items = shape.putArray("item");
        for (CallRecord one : traces(call)) {
            ObjectNode item = items.addObject();
            item.put("id", one.id());
            item.put("time", one.time().toString());
            item.put("httpMethod", one.httpMethod());
            item.put("resourcePath", one.resourcePath());
            item.put("status", one.status());
        }
        return Answer.json(shape);
    }

    private static Answer get(Call call) {
        String id = call.label("trace_id");
        return traces(call).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .map(one -> Answer.document("application/json", one.document()))
                .orElseThrow(() -> ControlError.notFound("Invalid trace identifier specified"));
    }

    private static List<CallRecord> traces(Call call) {
        String apiId = call.label("restapi_id");
        String name = call.label("stage_name");
        String stage =
                call.read(reading -> StageOperations.one(reading, apiId, name).stageName());
        return call.traces(apiId, stage);
    }
}
