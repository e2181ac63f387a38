package dev.gatehouse.controlplane.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.AuthorizationType;
import dev.gatehouse.definition.Authorizer;
import dev.gatehouse.definition.AuthorizerType;
import dev.gatehouse.definition.DocumentationPartType;
import dev.gatehouse.definition.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Authorizers, API keys and IAM as security schemes, and their use by methods: the other way round than {@link SecuritySchemes}. */
final class SecurityWriter {

    private static final String HEADER = "method.request.header.";
    private static final String QUERY = "method.request.querystring.";

    private final ApiDefinition definition;
    private final ExportOptions options;
    private final Documentation documentation;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final String apiKey;
    private final String iam;

    SecurityWriter(ApiDefinition definition, ExportOptions options, Documentation documentation) {
        this.definition = definition;
        this.options = options;
        this.documentation = documentation;
        definition.authorizers().forEach(authorizer -> names.put(authorizer.id(), authorizer.name()));
        this.apiKey = free("api_key");
        this.iam = free("sigv4");
    }

    private String free(String name) {
        return names.containsValue(name) ? free(name + "_") : name;
    }

    /** All authorizers, used or not; of the others those that a method uses. */
    ObjectNode schemes() {
        ObjectNode schemes = JsonNodeFactory.instance.objectNode();
        for (Authorizer authorizer : definition.authorizers()) {
            ObjectNode scheme = scheme(authorizer);
            documentation.into(scheme, DocumentationPartType.AUTHORIZER, authorizer.name());
            schemes.set(authorizer.name(), scheme);
        }
        List<Method> methods = definition.resources().stream()
                .flatMap(resource -> resource.resourceMethods().values().stream())
                .toList();
        if (methods.stream().anyMatch(Method::apiKeyRequired)) {
            schemes.set(apiKey, scheme("x-api-key", "header"));
        }
        if (methods.stream().anyMatch(method -> method.authorizationType() == AuthorizationType.AWS_IAM)) {
            ObjectNode scheme = scheme("Authorization", "header");
            if (options.withAuthorizers() || options.withIntegrations()) {
                scheme.put(Extensions.AUTHTYPE, "awsSigv4");
            }
            schemes.set(iam, scheme);
        }
        return schemes;
    }

    /** @return empty where anybody may call; several entries count as all of them */
    ArrayNode security(Method method) {
        ArrayNode security = JsonNodeFactory.instance.arrayNode();
        if (method.authorizationType() == AuthorizationType.AWS_IAM) {
            security.addObject().putArray(iam);
        } else if (method.authorizerId() != null && names.containsKey(method.authorizerId())) {
            method.authorizationScopes().forEach(security.addObject().putArray(names.get(method.authorizerId()))::add);
        }
        if (method.apiKeyRequired()) {
            security.addObject().putArray(apiKey);
        }
        return security;
    }

    private static ObjectNode scheme(String name, String in) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "apiKey")
                .put("name", name)
                .put("in", in);
    }

    private ObjectNode scheme(Authorizer authorizer) {
        String source = authorizer.identitySource();
        boolean one = source != null && !source.contains(",");
        ObjectNode scheme = one && source.startsWith(HEADER)
                ? scheme(source.substring(HEADER.length()), "header")
                : one && source.startsWith(QUERY) && authorizer.type() == AuthorizerType.REQUEST
                        ? scheme(source.substring(QUERY.length()), "query")
                        : scheme("Unused", "header");
        if (options.withAuthorizers()) {
            IntegrationWriter.text(scheme, Extensions.AUTHTYPE, authorizer.authType());
            scheme.set(Extensions.AUTHORIZER, extension(authorizer));
        }
        return scheme;
    }

    private static ObjectNode extension(Authorizer authorizer) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", IntegrationWriter.lower(authorizer.type()));
        IntegrationWriter.text(node, "authorizerUri", authorizer.authorizerUri());
        IntegrationWriter.text(node, "authorizerCredentials", authorizer.authorizerCredentials());
        if (authorizer.authorizerResultTtlInSeconds() != null) {
            node.put("authorizerResultTtlInSeconds", authorizer.authorizerResultTtlInSeconds());
        }
        IntegrationWriter.text(node, "identityValidationExpression", authorizer.identityValidationExpression());
        if (authorizer.type() == AuthorizerType.REQUEST) {
            IntegrationWriter.text(node, "identitySource", authorizer.identitySource());
        }
        if (!authorizer.providerARNs().isEmpty()) {
            authorizer.providerARNs().forEach(node.putArray("providerARNs")::add);
        }
        return node;
    }
}
