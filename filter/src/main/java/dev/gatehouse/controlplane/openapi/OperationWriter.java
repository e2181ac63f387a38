package dev.gatehouse.controlplane.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.DocumentationPartLocation;
import dev.gatehouse.definition.DocumentationPartType;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.IntegrationResponse;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.MethodResponse;
import dev.gatehouse.definition.RequestValidator;
import dev.gatehouse.definition.Resource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Methods as operations of a path: the other way round than {@link Operations}. */
final class OperationWriter {

    private static final String RESPONSE_HEADER = "method.response.header.";
    private static final String JSON = "application/json";

    /** A place of API Gateway, as OpenAPI and as the documentation call it. */
    private record Location(String in, DocumentationPartType documented) {}

    private static final Map<String, Location> LOCATIONS = Map.of(
            "querystring", new Location("query", DocumentationPartType.QUERY_PARAMETER),
            "multivaluequerystring", new Location("query", DocumentationPartType.QUERY_PARAMETER),
            "header", new Location("header", DocumentationPartType.REQUEST_HEADER),
            "multivalueheader", new Location("header", DocumentationPartType.REQUEST_HEADER),
            "path", new Location("path", DocumentationPartType.PATH_PARAMETER));

    private final ExportOptions options;
    private final SchemaWriter schemas;
    private final SecurityWriter security;
    private final Documentation documentation;
    private final Map<String, String> validators = new LinkedHashMap<>();

    OperationWriter(
            ApiDefinition definition,
            ExportOptions options,
            SchemaWriter schemas,
            SecurityWriter security,
            Documentation documentation) {
        this.options = options;
        this.schemas = schemas;
        this.security = security;
        this.documentation = documentation;
        for (RequestValidator validator : definition.requestValidators()) {
            validators.put(validator.id(), validator.name());
        }
    }

    /** A plain document has no word for {@code ANY}, so it has no such operation. */
    void write(ObjectNode path, Resource resource, Method method) {
        boolean any = method.httpMethod().equals("ANY");
        if (any && !options.withIntegrations()) {
            return;
        }
        ObjectNode operation =
                path.putObject(any ? Extensions.ANY_METHOD : method.httpMethod().toLowerCase(Locale.ROOT));
        documentation.into(operation, location(DocumentationPartType.METHOD, resource, method, null, null));
        IntegrationWriter.text(operation, "operationId", method.operationName());
        if (options.isSwagger()) {
            types(operation, "consumes", consumed(method));
            types(operation, "produces", produced(method));
        }
        writeParameters(operation, resource, method);
        writeResponses(operation.putObject("responses"), resource, method);
        ArrayNode uses = security.security(method);
        if (!uses.isEmpty()) {
            operation.set("security", uses);
        }
        if (options.withIntegrations()) {
            IntegrationWriter.text(
                    operation, Extensions.REQUEST_VALIDATOR, validators.get(method.requestValidatorId()));
            if (method.methodIntegration() != null) {
                operation.set(
                        Extensions.INTEGRATION, IntegrationWriter.write(method.methodIntegration(), resource.id()));
            }
        }
    }

    private static DocumentationPartLocation location(
            DocumentationPartType type, Resource resource, Method method, String status, String name) {
        return new DocumentationPartLocation(type, resource.path(), method.httpMethod(), status, name);
    }

    /** Types of the models; where there are none, those that the integration has templates for. */
    private static Set<String> consumed(Method method) {
        Set<String> types = new LinkedHashSet<>(method.requestModels().keySet());
        if (types.isEmpty() && method.methodIntegration() != null) {
            types.addAll(method.methodIntegration().requestTemplates().keySet());
        }
        return types;
    }

    private static Set<String> produced(Method method) {
        Set<String> types = new LinkedHashSet<>();
        method.methodResponses()
                .values()
                .forEach(response -> types.addAll(response.responseModels().keySet()));
        Integration integration = method.methodIntegration();
        if (types.isEmpty() && integration != null) {
            for (IntegrationResponse response :
                    integration.integrationResponses().values()) {
                types.addAll(response.responseTemplates().keySet());
            }
        }
        return types;
    }

    private static void types(ObjectNode operation, String member, Set<String> types) {
        if (!types.isEmpty()) {
            types.forEach(operation.putArray(member)::add);
        }
    }

    private void writeParameters(ObjectNode operation, Resource resource, Method method) {
        ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
        Set<String> written = new LinkedHashSet<>();
        method.requestParameters().forEach((name, required) -> {
            String[] words = name.split("\\.", 4);
            Location location = words.length == 4 ? LOCATIONS.get(words[2]) : null;
            if (location != null && written.add(location.in() + " " + words[3])) {
                ObjectNode parameter = parameter(parameters.addObject(), words[3], location.in(), required);
                documentation.into(parameter, location(location.documented(), resource, method, null, words[3]));
            }
        });
        if (!method.requestModels().isEmpty()) {
            ObjectNode body = options.isSwagger()
                    ? body(parameters.addObject(), method.requestModels())
                    : requestBody(operation.putObject("requestBody"), method.requestModels());
            documentation.into(body, location(DocumentationPartType.REQUEST_BODY, resource, method, null, null));
        }
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
    }

    private ObjectNode parameter(ObjectNode parameter, String name, String in, Boolean required) {
        parameter.put("name", name).put("in", in);
        boolean must = Boolean.TRUE.equals(required);
        if (options.isSwagger() || must) {
            parameter.put("required", must);
        }
        if (options.isSwagger()) {
            parameter.put("type", "string");
        } else {
            parameter.putObject("schema").put("type", "string");
        }
        return parameter;
    }

    /** Swagger has one body for all types: the model of JSON, else the first. */
    private ObjectNode body(ObjectNode body, Map<String, String> models) {
        String model = main(models);
        body.put("in", "body").put("name", model).put("required", true);
        body.set("schema", schemas.reference(model));
        return body;
    }

    private ObjectNode requestBody(ObjectNode body, Map<String, String> models) {
        content(body, models);
        body.put("required", true);
        return body;
    }

    private static String main(Map<String, String> models) {
        return models.getOrDefault(JSON, models.values().iterator().next());
    }

    private void content(ObjectNode owner, Map<String, String> models) {
        ObjectNode content = owner.putObject("content");
        models.forEach((type, model) -> content.putObject(type).set("schema", schemas.reference(model)));
    }

    private void writeResponses(ObjectNode responses, Resource resource, Method method) {
        for (MethodResponse response : method.methodResponses().values()) {
            ObjectNode written = responses.putObject(response.statusCode());
            documentation.into(
                    written, location(DocumentationPartType.RESPONSE, resource, method, response.statusCode(), null));
            if (!written.has("description")) {
                written.put("description", response.statusCode() + " response");
            }
            if (!response.responseParameters().isEmpty()) {
                ObjectNode headers = written.putObject("headers");
                response.responseParameters()
                        .keySet()
                        .forEach(name -> header(headers, name, resource, method, response));
            }
            if (!options.isSwagger()) {
                content(written, response.responseModels());
            } else if (!response.responseModels().isEmpty()) {
                written.set("schema", schemas.reference(main(response.responseModels())));
            }
        }
    }

    private void header(
            ObjectNode headers, String parameter, Resource resource, Method method, MethodResponse response) {
        if (!parameter.startsWith(RESPONSE_HEADER)) {
            return;
        }
        String name = parameter.substring(RESPONSE_HEADER.length());
        ObjectNode header = headers.putObject(name);
        documentation.into(
                header, location(DocumentationPartType.RESPONSE_HEADER, resource, method, response.statusCode(), name));
        if (options.isSwagger()) {
            header.put("type", "string");
        } else {
            header.putObject("schema").put("type", "string");
        }
    }
}
