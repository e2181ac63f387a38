package dev.gatehouse.controlplane.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.DocumentationPart;
import dev.gatehouse.definition.DocumentationPartLocation;
import dev.gatehouse.definition.DocumentationPartType;
import dev.gatehouse.definition.GatewayResponse;
import dev.gatehouse.definition.Model;
import dev.gatehouse.definition.RequestValidator;
import dev.gatehouse.definition.Resource;
import dev.gatehouse.definition.RestApi;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A definition as the root of a document: the other way round than {@link ApiReader}. One object writes one document. */
final class ApiWriter {

    private final ApiDefinition definition;
    private final ExportOptions options;
    private final Documentation documentation;
    private final SchemaWriter schemas;
    private final SecurityWriter security;
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();

    ApiWriter(ApiDefinition definition, ExportOptions options) throws Unreadable {
        this.definition = definition;
        this.options = options;
        this.documentation = new Documentation(options.documentationVersion() == null ? List.of() : parts());
        this.schemas = new SchemaWriter("#" + dialect().schemas + "/");
        this.security = new SecurityWriter(definition, options, documentation);
    }

    private Dialect dialect() {
        return options.isSwagger() ? Dialect.SWAGGER_2 : Dialect.OPENAPI_3;
    }

    private List<DocumentationPart> parts() {
        return definition.documentationParts();
    }

    /** An API without a version has the moment of its deployment, as recorded. */
    String version() {
        String version = definition.restApi().version();
        return version == null ? options.frozen().toString() : version;
    }

    /** @throws Unreadable where a model or the policy is not JSON */
    ObjectNode write() throws Unreadable {
        if (options.isSwagger()) {
            root.put("swagger", "2.0");
        } else {
            root.put("openapi", "3.0.1");
        }
        writeInfo();
        writePlace();
        documentation.into(root, DocumentationPartType.API, null);
        writePaths();
        writeComponents();
        if (options.withIntegrations()) {
            writeExtensions();
        }
        return root;
    }

    private void writeInfo() {
        RestApi api = definition.restApi();
        ObjectNode info = root.putObject("info");
        info.put("title", api.name());
        IntegrationWriter.text(info, "description", api.description());
        info.put("version", version());
        documentation.intoInfo(info);
    }

    private void writePlace() {
        if (options.isSwagger()) {
            root.put("host", options.host());
            root.put("basePath", "/" + options.stage());
            root.putArray("schemes").add("https");
        } else {
            ObjectNode server = root.putArray("servers").addObject();
            server.put("url", "https://" + options.host() + "/{basePath}");
            server.putObject("variables").putObject("basePath").put("default", options.stage());
        }
    }

    /** A resource without methods is only written where nothing below it says that it is there. */
    private void writePaths() {
        Set<String> parents = new HashSet<>();
        definition.resources().forEach(resource -> parents.add(resource.parentId()));
        OperationWriter operations = new OperationWriter(definition, options, schemas, security, documentation);
        ObjectNode paths = root.putObject("paths");
        for (Resource resource : definition.resources()) {
            boolean implied = resource.parentId() == null || parents.contains(resource.id());
            if (resource.resourceMethods().isEmpty() && implied) {
                continue;
            }
            ObjectNode path = paths.putObject(resource.path());
            if (!options.isSwagger()) {
                documentation.into(
                        path,
                        new DocumentationPartLocation(
                                DocumentationPartType.RESOURCE, resource.path(), null, null, null));
            }
            resource.resourceMethods().values().forEach(method -> operations.write(path, resource, method));
        }
    }

    private void writeComponents() throws Unreadable {
        ObjectNode models = JsonNodeFactory.instance.objectNode();
        for (Model model : definition.models()) {
            ObjectNode schema = schemas.write(model);
            documentation.into(schema, DocumentationPartType.MODEL, model.name());
            models.set(model.name(), schema);
        }
        ObjectNode schemes = security.schemes();
        ObjectNode place = options.isSwagger() ? root : root.putObject("components");
        set(place, options.isSwagger() ? "definitions" : "schemas", models);
        set(place, options.isSwagger() ? "securityDefinitions" : "securitySchemes", schemes);
    }

    private static void set(ObjectNode place, String member, ObjectNode values) {
        if (!values.isEmpty()) {
            place.set(member, values);
        }
    }

    private void writeExtensions() throws Unreadable {
        RestApi api = definition.restApi();
        IntegrationWriter.name(root, Extensions.API_KEY_SOURCE, api.apiKeySource());
        if (!api.binaryMediaTypes().isEmpty()) {
            api.binaryMediaTypes().forEach(root.putArray(Extensions.BINARY_MEDIA_TYPES)::add);
        }
        if (api.minimumCompressionSize() != null) {
            root.put(Extensions.MINIMUM_COMPRESSION_SIZE, api.minimumCompressionSize());
        }
        if (api.policy() != null) {
            JsonNode policy = SafeDocument.parse(api.policy());
            if (!policy.isObject()) {
                throw new Unreadable("the policy of the API is not a JSON object");
            }
            root.set(Extensions.POLICY, policy);
        }
        IntegrationWriter.name(root, Extensions.SECURITY_POLICY, api.securityPolicy());
        IntegrationWriter.name(root, Extensions.ENDPOINT_ACCESS_MODE, api.endpointAccessMode());
        writeValidators();
        writeGatewayResponses();
        writeDocumentation();
    }

    private void writeValidators() {
        ObjectNode validators = JsonNodeFactory.instance.objectNode();
        for (RequestValidator validator : definition.requestValidators()) {
            validators
                    .putObject(validator.name())
                    .put("validateRequestParameters", validator.validateRequestParameters())
                    .put("validateRequestBody", validator.validateRequestBody());
        }
        set(root, Extensions.REQUEST_VALIDATORS, validators);
    }

    private void writeGatewayResponses() {
        ObjectNode responses = JsonNodeFactory.instance.objectNode();
        for (GatewayResponse response : definition.gatewayResponses().values()) {
            ObjectNode written = responses.putObject(response.responseType().name());
            IntegrationWriter.text(written, "statusCode", response.statusCode());
            IntegrationWriter.texts(written, "responseParameters", response.responseParameters());
            IntegrationWriter.texts(written, "responseTemplates", response.responseTemplates());
        }
        set(root, Extensions.GATEWAY_RESPONSES, responses);
    }

    private void writeDocumentation() throws Unreadable {
        if (options.documentationVersion() == null) {
            return;
        }
        ObjectNode written = root.putObject(Extensions.DOCUMENTATION);
        written.put("version", options.documentationVersion());
        ArrayNode list = written.putArray("documentationParts");
        for (DocumentationPart part : parts()) {
            DocumentationPartLocation location = part.location();
            ObjectNode one = list.addObject();
            ObjectNode place = one.putObject("location");
            IntegrationWriter.name(place, "type", location.type());
            IntegrationWriter.text(place, "path", location.path());
            IntegrationWriter.text(place, "method", location.method());
            IntegrationWriter.text(place, "statusCode", location.statusCode());
            IntegrationWriter.text(place, "name", location.name());
            one.set("properties", SafeDocument.parse(part.properties()));
        }
    }
}
