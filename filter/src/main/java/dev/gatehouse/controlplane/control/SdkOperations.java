package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.controlplane.sdk.SdkOrder;
import dev.gatehouse.controlplane.sdk.SdkResult;
import dev.gatehouse.controlplane.sdk.SdkType;
import dev.gatehouse.controlplane.sdk.SdkTypes;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Deployment;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.http.Headers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Client code for the callers of a stage. */
final class SdkOperations {

    static final List<Operation> ALL = List.of(
            Operation.of(
                    "GetSdk",
                    "GET",
                    "/restapis/{restapi_id}/stages/{stage_name}/sdks/{sdk_type}",
                    200,
                    SdkOperations::generate),
            Operation.of("GetSdkTypes", "GET", "/sdktypes", 200, SdkOperations::list),
            Operation.of("GetSdkType", "GET", "/sdktypes/{sdktype_id}", 200, SdkOperations::get));

    private SdkOperations() {}

    private static Answer list(Call call) {
        return call.page(SdkTypes.all(), SdkType::id, SdkOperations::wire);
    }

    private static Answer get(Call call) {
        return Answer.json(SdkTypes.find(call.label("sdktype_id"))
                .map(SdkOperations::wire)
                .orElseThrow(() -> ControlError.notFound("Invalid SDK type identifier specified")));
    }

    private static JsonNode wire(SdkType type) {
        ObjectNode wire = Documents.object()
                .put("id", type.id())
                .put("friendlyName", type.friendlyName())
                .put("description", type.description());
        ArrayNode properties = wire.putArray("configurationProperties");
        type.configurationProperties().forEach(property -> properties.add(Documents.wire(property)));
        return wire;
    }

    /** The SDK is of the deployment of the stage, not of the API as it is now. Made outside of the store: it takes seconds. */
    private static Answer generate(Call call) {
        String type = call.label("sdk_type");
        Map<String, String> parameters = new TreeMap<>();
        call.query().forEach((name, values) -> parameters.put(name, values.get(0)));
        String apiId = call.label("restapi_id");
        String stageName = call.label("stage_name");
        SdkOrder order = call.read(reading -> {
            Stage stage = Stages.findStage(reading, apiId, stageName)
                    .orElseThrow(() -> ControlError.notFound("Invalid stage identifier specified"));
            ApiDefinition api = Stages.frozen(reading, apiId, stage.deploymentId())
                    .orElseThrow(() -> ControlError.notFound(DeploymentOperations.UNKNOWN));
            Deployment deployment = Stages.findDeployment(reading, apiId, stage.deploymentId())
                    .orElseThrow(() -> ControlError.notFound(DeploymentOperations.UNKNOWN));
            DocumentationRelease documentation = DocumentationRelease.find(reading, apiId, stage.documentationVersion())
                    .orElse(null);
            return new SdkOrder(
                    documentation == null ? api : api.with(draft -> draft.documentationParts = documentation.parts()),
                    documentation == null ? null : documentation.version().version(),
                    deployment.createdDate(),
                    type,
                    parameters,
                    call.invokeUrl(apiId, stageName));
        });
        SdkResult result = call.sdks().generate(order);
        if (result instanceof SdkResult.Generated sdk) {
            return new Answer(
                    Headers.of("Content-Type", "application/octet-stream")
                            .with("Content-Disposition", "attachment; filename=\"" + sdk.fileName() + "\""),
                    sdk.zip());
        }
        if (result instanceof SdkResult.Refused refused) {
            throw ControlError.badRequest(refused.reason());
        }
        throw ControlError.tooManyRequests(5);
    }
}
