package dev.gatehouse.controlplane.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.ApiKeySourceType;
import dev.gatehouse.definition.DocumentationPart;
import dev.gatehouse.definition.DocumentationPartLocation;
import dev.gatehouse.definition.DocumentationPartType;
import dev.gatehouse.definition.EndpointAccessMode;
import dev.gatehouse.definition.EndpointConfiguration;
import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.GatewayResponse;
import dev.gatehouse.definition.GatewayResponseType;
import dev.gatehouse.definition.IpAddressType;
import dev.gatehouse.definition.RequestValidator;
import dev.gatehouse.definition.RestApi;
import dev.gatehouse.definition.SecurityPolicy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The root of a document and what hangs on it. One object reads one document. */
final class ApiReader {

    private static final int MOST_COMPRESSION_SIZE = 10_485_760;
    private static final String HEADER = "gatewayresponse.header.";

    private final Cursor root;
    private final ImportOptions options;

    ApiReader(Cursor root, ImportOptions options) {
        this.root = root;
        this.options = options;
    }

    /** @return null if it is not even clear what the document is; worthless if the report has errors */
    ApiDefinition read() {
        if (!root.isObject()) {
            return null;
        }
        Dialect dialect = Dialect.of(root);
        if (dialect == null) {
            return null;
        }
        Extensions.check(root);
        root.expectOnly(dialect.rootFields, "a document in " + dialect.title);
        List<RequestValidator> validators = validators();
        Schemas schemas = new Schemas(Dialect.section(root, dialect.schemas), dialect, options);
        SecuritySchemes security = new SecuritySchemes(Dialect.section(root, dialect.securitySchemes), options);
        ResourceTree tree = new ResourceTree(options.ids());
        readPaths(
                tree,
                dialect,
                new Operations(root, dialect, schemas, security, idsByName(validators), options.endpointType()));
        return new ApiDefinition(
                api(tree.rootId()),
                tree.resources(),
                schemas.models(),
                validators,
                security.authorizers(),
                gatewayResponses(),
                documentationParts());
    }

    private void readPaths(ResourceTree tree, Dialect dialect, Operations operations) {
        String prefix = BasePaths.prefix(root, dialect, options.basePath());
        if (!root.at("paths").isPresent()) {
            root.error("'paths' is required");
        }
        for (Cursor path : root.at("paths").ownMembers()) {
            if (!path.isPresent() || !path.isObject()) {
                continue;
            }
            String full = path.name().equals("/") && !prefix.isEmpty() ? prefix : prefix + path.name();
            ResourceTree.Node resource = path.name().startsWith("/") ? tree.at(full, path) : tree.at(path.name(), path);
            if (resource != null) {
                operations.read(path, resource);
            }
        }
    }

    private RestApi api(String rootId) {
        RestApi.Draft api = RestApi.draft();
        api.id = options.restApiId();
        api.rootResourceId = rootId;
        readInfo(api);
        api.binaryMediaTypes = root.at(Extensions.BINARY_MEDIA_TYPES).texts();
        api.minimumCompressionSize =
                root.at(Extensions.MINIMUM_COMPRESSION_SIZE).integer(0, MOST_COMPRESSION_SIZE);
        api.apiKeySource = root.at(Extensions.API_KEY_SOURCE).constant(ApiKeySourceType.class);
        api.policy = policy(root.at(Extensions.POLICY));
        api.securityPolicy = root.at(Extensions.SECURITY_POLICY).constant(SecurityPolicy.class);
        api.endpointAccessMode = root.at(Extensions.ENDPOINT_ACCESS_MODE).constant(EndpointAccessMode.class);
        if (api.securityPolicy != null
                && api.securityPolicy.name().startsWith("SecurityPolicy_")
                && api.endpointAccessMode == null) {
            root.at(Extensions.SECURITY_POLICY)
                    .error(api.securityPolicy + " needs " + Extensions.ENDPOINT_ACCESS_MODE + " too");
        }
        readEndpoint(api);
        return api.build();
    }

    private void readInfo(RestApi.Draft api) {
        Cursor info = root.at("info");
        if (!info.isPresent()) {
            root.error("'info' is required");
        } else if (info.isObject()) {
            api.name = info.requiredAt("title");
            api.description = info.at("description").text();
            api.version = info.at("version").label();
        }
    }

    private void readEndpoint(RestApi.Draft api) {
        Cursor endpoint = root.at(Extensions.ENDPOINT_CONFIGURATION);
        for (Cursor server : root.at("servers").items()) {
            if (server.isObject()
                    && server.at(Extensions.ENDPOINT_CONFIGURATION).isPresent()) {
                Cursor other = server.at(Extensions.ENDPOINT_CONFIGURATION);
                if (endpoint.isPresent()) {
                    other.error("'" + Extensions.ENDPOINT_CONFIGURATION + "' stands in the document twice");
                }
                endpoint = other;
            }
        }
        IpAddressType addresses = null;
        List<String> vpcEndpoints = List.of();
        if (endpoint.isPresent() && endpoint.isObject()) {
            endpoint.allowOnly(Set.of("disableExecuteApiEndpoint", "vpcEndpointIds", "ipAddressType"));
            api.disableExecuteApiEndpoint =
                    endpoint.at("disableExecuteApiEndpoint").flag(false);
            addresses = endpoint.at("ipAddressType").constant(IpAddressType.class);
            vpcEndpoints = endpoint.at("vpcEndpointIds").texts();
        }
        boolean isPrivate = options.endpointType() == EndpointType.PRIVATE;
        if (isPrivate && addresses == IpAddressType.ipv4) {
            endpoint.at("ipAddressType").error("a PRIVATE endpoint is always dualstack");
        }
        IpAddressType usual = options.ipAddressType() != null
                ? options.ipAddressType()
                : isPrivate ? IpAddressType.dualstack : IpAddressType.ipv4;
        api.endpointConfiguration = new EndpointConfiguration(
                List.of(options.endpointType()), addresses == null ? usual : addresses, vpcEndpoints);
    }

    private String policy(Cursor place) {
        return place.isPresent() && place.isObject() ? expandArns(place, false).toString() : null;
    }

    /** {@code execute-api:/...} as a resource of a policy stands for this API; API Gateway stores the full ARN. */
    private JsonNode expandArns(Cursor place, boolean resource) {
        JsonNode node = place.node();
        if (node.isTextual() && resource && node.textValue().startsWith("execute-api:/")) {
            String rest = node.textValue().substring("execute-api:/".length());
            return JsonNodeFactory.instance.textNode(options.executeApiArn() + rest);
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            place.items().forEach(item -> copy.add(expandArns(item, resource)));
            return copy;
        }
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            place.members()
                    .forEach(member -> copy.set(
                            member.name(),
                            expandArns(
                                    member,
                                    member.name().equals("Resource")
                                            || member.name().equals("NotResource"))));
            return copy;
        }
        return node;
    }

    private List<RequestValidator> validators() {
        List<RequestValidator> validators = new ArrayList<>();
        for (Cursor validator : root.at(Extensions.REQUEST_VALIDATORS).members()) {
            if (validator.isObject()) {
                validator.allowOnly(Set.of("validateRequestBody", "validateRequestParameters"));
                validators.add(new RequestValidator(
                        options.ids().idFor(IdSource.Kind.REQUEST_VALIDATOR, validator.name()),
                        validator.name(),
                        validator.at("validateRequestBody").flag(false),
                        validator.at("validateRequestParameters").flag(false)));
            }
        }
        return validators;
    }

    private static Map<String, String> idsByName(List<RequestValidator> validators) {
        Map<String, String> ids = new LinkedHashMap<>();
        validators.forEach(validator -> ids.put(validator.name(), validator.id()));
        return ids;
    }

    private Map<GatewayResponseType, GatewayResponse> gatewayResponses() {
        Map<GatewayResponseType, GatewayResponse> responses = new EnumMap<>(GatewayResponseType.class);
        for (Cursor response : root.at(Extensions.GATEWAY_RESPONSES).members()) {
            GatewayResponseType type = gatewayResponseType(response);
            if (type == null || !response.isObject()) {
                continue;
            }
            response.allowOnly(Set.of("statusCode", "responseParameters", "responseTemplates"));
            String status = Integrations.status(response, "statusCode");
            Map<String, String> parameters = response.at("responseParameters").textMap();
            for (String name : parameters.keySet()) {
                if (!name.startsWith(HEADER) || name.equals(HEADER)) {
                    response.at("responseParameters").at(name).error("must begin with " + HEADER);
                }
            }
            Map<String, String> templates = response.at("responseTemplates").textMap();
            responses.put(
                    type,
                    new GatewayResponse(
                            type,
                            status,
                            parameters,
                            templates.isEmpty() ? GatewayResponse.DEFAULT_TEMPLATES : templates,
                            false));
        }
        return responses;
    }

    private static GatewayResponseType gatewayResponseType(Cursor response) {
        List<String> names = new ArrayList<>();
        for (GatewayResponseType type : GatewayResponseType.values()) {
            if (type.name().equals(response.name())) {
                return type;
            }
            names.add(type.name());
        }
        response.error("unknown gateway response type '" + Texts.cut(response.name()) + "'"
                + Texts.suggestion(response.name(), names));
        return null;
    }

    /** {@code version} names the snapshot that an export came from; an import has no use for it. */
    List<DocumentationPart> documentationParts() {
        Cursor documentation = root.at(Extensions.DOCUMENTATION);
        List<DocumentationPart> parts = new ArrayList<>();
        if (options.ignoreDocumentation() || !documentation.isPresent() || !documentation.isObject()) {
            return parts;
        }
        documentation.allowOnly(Set.of("version", "documentationParts"));
        for (Cursor part : documentation.at("documentationParts").items()) {
            if (!part.isObject()) {
                continue;
            }
            part.allowOnly(Set.of("location", "properties"));
            Cursor location = part.at("location");
            Cursor properties = part.at("properties");
            if (!location.isPresent() || !properties.isPresent()) {
                part.error("'location' and 'properties' are required");
            } else if (location.isObject() && properties.isObject() && location.requiredAt("type") != null) {
                location.allowOnly(Set.of("type", "path", "method", "statusCode", "name"));
                parts.add(new DocumentationPart(
                        options.ids().idFor(IdSource.Kind.DOCUMENTATION_PART, part.name()),
                        new DocumentationPartLocation(
                                location.at("type").constant(DocumentationPartType.class),
                                location.at("path").text(),
                                location.at("method").text(),
                                location.at("statusCode").label(),
                                location.at("name").text()),
                        properties.node().toString()));
            }
        }
        return parts;
    }
}
