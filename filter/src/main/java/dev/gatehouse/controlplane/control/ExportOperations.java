package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.openapi.ExportOptions;
import dev.gatehouse.controlplane.openapi.ExportOptions.Extension;
import dev.gatehouse.controlplane.openapi.ExportOptions.Format;
import dev.gatehouse.controlplane.openapi.ExportOptions.Syntax;
import dev.gatehouse.controlplane.openapi.ExportResult;
import dev.gatehouse.controlplane.openapi.OpenApiExport;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.http.Headers;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a stage offers, as a document. */
final class ExportOperations {

    static final List<Operation> ALL = List.of(Operation.of(
            "GetExport",
            "GET",
            "/restapis/{restapi_id}/stages/{stage_name}/exports/{export_type}",
            200,
            ExportOperations::export));

    private ExportOperations() {}

    /** The document is of the deployment of the stage, not of the API as it is now. */
    private static Answer export(Call call) {
        Format format = Format.parse(call.label("export_type"));
        Set<Extension> extensions = ExportOptions.extensions(call.query("extensions"));
        String accept = call.headers().first("Accept");
        Syntax syntax = accept != null && accept.toLowerCase(Locale.ROOT).contains("yaml") ? Syntax.YAML : Syntax.JSON;
        String apiId = call.label("restapi_id");
        String stageName = call.label("stage_name");
        ExportResult result = call.read(reading -> {
            Stage stage = Stages.findStage(reading, apiId, stageName)
                    .orElseThrow(() -> ControlError.notFound("Invalid stage identifier specified"));
            if (format == null) {
                throw ControlError.badRequest("Invalid export type specified: " + call.label("export_type")
                        + ". Must be one of: [swagger, oas30]");
            }
            if (extensions == null) {
                throw ControlError.badRequest("Invalid extensions specified: " + call.query("extensions")
                        + ". Must be of: [integrations, authorizers, apigateway, none]");
            }
            ApiDefinition api = Stages.frozen(reading, apiId, stage.deploymentId())
                    .orElseThrow(() -> ControlError.notFound(DeploymentOperations.UNKNOWN));
            Instant frozen = Stages.findDeployment(reading, apiId, stage.deploymentId())
                    .orElseThrow(() -> ControlError.notFound(DeploymentOperations.UNKNOWN))
                    .createdDate();
            DocumentationRelease documentation = DocumentationRelease.find(reading, apiId, stage.documentationVersion())
                    .orElse(null);
            return OpenApiExport.write(
                    documentation == null ? api : api.with(draft -> draft.documentationParts = documentation.parts()),
                    new ExportOptions(
                            format,
                            syntax,
                            extensions,
                            apiId + ".execute-api." + call.home().region() + ".amazonaws.com",
                            stageName,
                            documentation == null
                                    ? null
                                    : documentation.version().version(),
                            frozen));
        });
        return result.fold(
                written -> new Answer(
                        Headers.of("Content-Type", "application/octet-stream")
                                .with(
                                        "Content-Disposition",
                                        "attachment; filename=\"" + plain(written.fileName()) + "\""),
                        written.text()),
                refused -> {
                    throw ControlError.badRequest(refused.reason());
                });
    }

    /** A version is any text, and a header is not. */
    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9._:-]", "_");
    }
}
