package dev.gatehouse.controlplane.openapi;

import dev.gatehouse.definition.AuthorizationType;
import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.MethodResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Operations of a path as methods of its resource. */
final class Operations {

    static final Map<String, String> VERBS = Map.of(
            "get",
            "GET",
            "put",
            "PUT",
            "post",
            "POST",
            "delete",
            "DELETE",
            "patch",
            "PATCH",
            "options",
            "OPTIONS",
            "head",
            "HEAD",
            Extensions.ANY_METHOD,
            "ANY");

    private static final List<String> JSON_ONLY = List.of("application/json");

    /** Where API Gateway has a request parameter, by {@code in}. */
    private static final Map<String, String> LOCATIONS =
            Map.of("query", "querystring", "header", "header", "path", "path");

    private final Cursor root;
    private final Dialect dialect;
    private final Schemas schemas;
    private final SecuritySchemes security;
    private final Map<String, String> validatorIds;
    private final EndpointType endpoint;

    Operations(
            Cursor root,
            Dialect dialect,
            Schemas schemas,
            SecuritySchemes security,
            Map<String, String> validatorIds,
            EndpointType endpoint) {
        this.root = root;
        this.dialect = dialect;
        this.schemas = schemas;
        this.security = security;
        this.validatorIds = validatorIds;
        this.endpoint = endpoint;
    }

    void read(Cursor pathItem, ResourceTree.Node resource) {
        if (pathItem.at("$ref").isPresent()) {
            pathItem.at("$ref")
                    .error("a path cannot be a reference; only parameters, responses, request bodies and schemas can");
        }
        if (pathItem.at("trace").isPresent()) {
            pathItem.at("trace").error("API Gateway has no method TRACE");
        }
        pathItem.expectOnly(dialect.pathFields, "a path in " + dialect.title);
        for (Cursor member : pathItem.members()) {
            String verb = VERBS.get(member.name());
            if (verb == null || !member.isPresent() || !member.isObject()) {
                continue;
            }
            Method method = method(member, verb, pathItem.at("parameters"), resource);
            if (resource.methods.putIfAbsent(verb, method) != null) {
                member.error(verb + " " + Texts.cut(resource.path) + " is defined by another path already");
            }
        }
    }

    private Method method(Cursor operation, String verb, Cursor shared, ResourceTree.Node resource) {
        if (operation.at("isDefaultRoute").isPresent()) {
            operation.at("isDefaultRoute").error("'isDefaultRoute' is for HTTP APIs");
        }
        operation.expectOnly(dialect.operationFields, "an operation in " + dialect.title);
        Method.Draft method = Method.draft();
        method.httpMethod = verb;
        method.operationName = operation.at("operationId").text();
        readParameters(method, operation, shared, resource);
        if (dialect.requestBodies != null) {
            readRequestBody(method, operation.at("requestBody"));
        }
        method.methodResponses = responses(operation);
        method.requestValidatorId = validator(operation);
        secure(method, operation);
        Cursor integration = operation.at(Extensions.INTEGRATION);
        if (integration.isPresent()) {
            method.methodIntegration = Integrations.read(integration, resource.path, verb, resource.id, endpoint);
        }
        return method.build();
    }

    private void readParameters(Method.Draft method, Cursor operation, Cursor shared, ResourceTree.Node resource) {
        Map<String, Cursor> parameters = new LinkedHashMap<>();
        collect(shared, parameters);
        collect(operation.at("parameters"), parameters);
        Map<String, Boolean> required = new LinkedHashMap<>();
        Map<String, String> models = new LinkedHashMap<>();
        List<String> variables = resource.variables();
        for (Cursor parameter : parameters.values()) {
            String in = parameter.at("in").text();
            String name = parameter.at("name").text();
            if (LOCATIONS.containsKey(in)) {
                required.put(
                        "method.request." + LOCATIONS.get(in) + "." + name,
                        parameter.at("required").flag(false));
                if (in.equals("path") && !variables.contains(name)) {
                    parameter.warn("path parameter '" + Texts.cut(name) + "' is not part of '"
                            + Texts.cut(resource.path) + "'");
                }
            } else if (in.equals("body") && dialect == Dialect.SWAGGER_2) {
                readBody(models, parameter, operation);
            } else if (in.equals("formData") && dialect == Dialect.SWAGGER_2
                    || in.equals("cookie") && dialect == Dialect.OPENAPI_3) {
                parameter.warn(
                        "'" + in + "' parameters do not exist in API Gateway; '" + Texts.cut(name) + "' was not read");
            } else {
                parameter
                        .at("in")
                        .error("unknown location '" + Texts.cut(in) + "'" + Texts.suggestion(in, LOCATIONS.keySet()));
            }
        }
        // Recorded: a variable of the path is a required parameter although nobody declares it.
        variables.forEach(name -> required.putIfAbsent("method.request.path." + name, true));
        method.requestParameters = required;
        method.requestModels = models;
    }

    /** Parameters of the operation replace those of the path with the same name and location. */
    private void collect(Cursor list, Map<String, Cursor> parameters) {
        Set<String> own = new HashSet<>();
        for (Cursor item : list.items()) {
            Cursor parameter = item.isObject() ? References.resolve(item, "#" + dialect.parameters + "/") : null;
            if (parameter == null || !parameter.isObject()) {
                continue;
            }
            parameter.expectOnly(dialect.parameterFields, "a parameter in " + dialect.title);
            String in = parameter.requiredAt("in");
            String name = parameter.requiredAt("name");
            if (in != null && name != null) {
                String key = in.equals("body") ? "body" : in + " " + name;
                if (!own.add(key)) {
                    item.error(
                            in.equals("body")
                                    ? "there is a body parameter already"
                                    : "'" + Texts.cut(name) + "' is declared twice");
                }
                parameters.put(key, parameter);
            }
        }
    }

    private void readBody(Map<String, String> models, Cursor parameter, Cursor operation) {
        if (!parameter.at("schema").isPresent()) {
            parameter.error("'schema' is required");
            return;
        }
        String model = schemas.modelFor(parameter.at("schema"));
        if (model != null) {
            mediaTypes(operation, "consumes").forEach(type -> models.put(type, model));
        }
    }

    private List<String> mediaTypes(Cursor operation, String member) {
        Cursor place = operation.at(member).isPresent() ? operation.at(member) : root.at(member);
        List<String> types = place.texts();
        return types.isEmpty() ? JSON_ONLY : types;
    }

    private void readRequestBody(Method.Draft method, Cursor place) {
        Cursor body = place.isObject() ? References.resolve(place, "#" + dialect.requestBodies + "/") : null;
        if (body != null && body.isObject()) {
            method.requestModels = content(body.at("content"));
        }
    }

    private Map<String, String> content(Cursor content) {
        Map<String, String> models = new LinkedHashMap<>();
        for (Cursor mediaType : content.members()) {
            if (mediaType.isObject() && mediaType.at("schema").isPresent()) {
                String model = schemas.modelFor(mediaType.at("schema"));
                if (model != null) {
                    models.put(mediaType.name(), model);
                }
            }
        }
        return models;
    }

    private Map<String, MethodResponse> responses(Cursor operation) {
        Map<String, MethodResponse> responses = new LinkedHashMap<>();
        for (Cursor member : operation.at("responses").ownMembers()) {
            Cursor response = member.isObject() ? References.resolve(member, "#" + dialect.responses + "/") : null;
            if (response == null || !response.isObject() || member.name().equals("default")) {
                continue; // "default" is no status code: API Gateway has no place for it
            }
            if (!Integrations.STATUS_CODE.matcher(member.name()).matches()) {
                member.error("'" + Texts.cut(member.name()) + "' is not a status code");
                continue;
            }
            response.expectOnly(dialect.responseFields, "a response in " + dialect.title);
            responses.put(member.name(), response(member.name(), response, operation));
        }
        return responses;
    }

    private MethodResponse response(String status, Cursor response, Cursor operation) {
        Map<String, Boolean> headers = new LinkedHashMap<>();
        response.at("headers")
                .members()
                .forEach(header -> headers.put("method.response.header." + header.name(), false));
        if (dialect == Dialect.OPENAPI_3) {
            return new MethodResponse(status, headers, content(response.at("content")));
        }
        Map<String, String> models = new LinkedHashMap<>();
        if (response.at("schema").isPresent()) {
            String model = schemas.modelFor(response.at("schema"));
            if (model != null) {
                mediaTypes(operation, "produces").forEach(type -> models.put(type, model));
            }
        }
        return new MethodResponse(status, headers, models);
    }

    private String validator(Cursor operation) {
        Cursor own = operation.at(Extensions.REQUEST_VALIDATOR);
        Cursor place = own.isPresent() ? own : root.at(Extensions.REQUEST_VALIDATOR);
        String name = place.text();
        if (name == null) {
            return null;
        }
        String id = validatorIds.get(name);
        if (id == null) {
            place.error("there is no request validator '" + Texts.cut(name) + "'"
                    + Texts.suggestion(name, validatorIds.keySet()));
        }
        return id;
    }

    /** {@code security} of the document holds for operations without their own (recorded; the guide says it is ignored). */
    private void secure(Method.Draft method, Cursor operation) {
        Cursor own = operation.at("security");
        Cursor auth = operation.at(Extensions.AUTH);
        AuthorizationType said = null;
        if (auth.isPresent() && auth.isObject()) {
            auth.allowOnly(List.of("type"));
            if (auth.requiredAt("type") != null) {
                said = auth.at("type").constant(AuthorizationType.class);
            }
            if (said == AuthorizationType.CUSTOM || said == AuthorizationType.COGNITO_USER_POOLS) {
                auth.at("type").error("must be NONE or AWS_IAM; an authorizer is named by 'security'");
                said = null;
            }
        }
        security.secure(method, own.isPresent() ? own : root.at("security"));
        if (said != null) {
            if (own.isPresent()
                    && method.authorizationType != AuthorizationType.NONE
                    && method.authorizationType != said) {
                auth.error("contradicts 'security' of the same operation, which says " + method.authorizationType);
            }
            method.authorizationType = said;
            method.authorizerId = null;
            method.authorizationScopes = new ArrayList<>();
        }
    }
}
