package dev.gatehouse.controlplane.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Model;
import java.nio.charset.StandardCharsets;

/**
 * Writes a definition as an OpenAPI document, Swagger 2.0 or OpenAPI 3.0.1, JSON or YAML, plain or with API Gateway's extensions
 * (API Gateway developer guide, export a REST API; docs/reference/openapi.md). Without state and thread-safe.
 *
 * <p>With all extensions, {@link OpenApiImport} reads the same definition again, but for what a document has no place for: how
 * the endpoint is configured, ids, and what else docs/reference/openapi.md lists.
 */
public final class OpenApiExport {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private OpenApiExport() {}

    /** @param definition as deployed; its documentation parts those of the documentation version of the options */
    public static ExportResult write(ApiDefinition definition, ExportOptions options) {
        for (Model model : definition.models()) {
            if (!isJson(model.contentType())) {
                return new ExportResult.Refused("Only found non-JSON body models for " + model.name() + ": "
                        + model.contentType() + " has no schema in OpenAPI");
            }
        }
        try {
            ApiWriter writer = new ApiWriter(definition, options);
            ObjectNode document = writer.write();
            boolean json = options.syntax() == ExportOptions.Syntax.JSON;
            return new ExportResult.Written(
                    json
                            ? JSON.writeValueAsBytes(document)
                            : YamlText.of(document).getBytes(StandardCharsets.UTF_8),
                    options.format() + "_" + writer.version() + (json ? ".json" : ".yaml"));
        } catch (Unreadable e) {
            return new ExportResult.Refused(e.getMessage());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document that cannot be written", e);
        }
    }

    private static boolean isJson(String mediaType) {
        return mediaType == null || mediaType.contains("/json") || mediaType.contains("+json");
    }
}
