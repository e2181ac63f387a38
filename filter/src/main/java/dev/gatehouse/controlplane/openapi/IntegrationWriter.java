package dev.gatehouse.controlplane.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.definition.ConnectionType;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.IntegrationResponse;
import java.util.Locale;
import java.util.Map;

/** Writes {@code x-amazon-apigateway-integration}. What an import sets by itself is left out, as recorded. */
final class IntegrationWriter {

    private IntegrationWriter() {}

    static ObjectNode write(Integration integration, String resourceId) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", lower(integration.type()));
        text(node, "httpMethod", integration.httpMethod());
        text(node, "uri", integration.uri());
        text(node, "credentials", integration.credentials());
        if (integration.connectionType() == ConnectionType.VPC_LINK) {
            node.put("connectionType", integration.connectionType().name());
        }
        text(node, "connectionId", integration.connectionId());
        text(node, "integrationTarget", integration.integrationTarget());
        responses(node, integration.integrationResponses());
        texts(node, "requestParameters", integration.requestParameters());
        texts(node, "requestTemplates", integration.requestTemplates());
        if (integration.passthroughBehavior() != null) {
            node.put("passthroughBehavior", lower(integration.passthroughBehavior()));
        }
        name(node, "contentHandling", integration.contentHandling());
        if (integration.timeoutInMillis() != Integration.DEFAULT_TIMEOUT_IN_MILLIS) {
            node.put("timeoutInMillis", integration.timeoutInMillis());
        }
        if (integration.cacheNamespace() != null
                && !integration.cacheNamespace().equals(resourceId)) {
            node.put("cacheNamespace", integration.cacheNamespace());
        }
        if (!integration.cacheKeyParameters().isEmpty()) {
            integration.cacheKeyParameters().forEach(node.putArray("cacheKeyParameters")::add);
        }
        name(node, "responseTransferMode", integration.responseTransferMode());
        if (integration.tlsConfig() != null) {
            node.putObject("tlsConfig")
                    .put("insecureSkipVerification", integration.tlsConfig().insecureSkipVerification());
        }
        return node;
    }

    /** Of two responses with one pattern only the first is ever chosen, so only that one is written. */
    private static void responses(ObjectNode node, Map<String, IntegrationResponse> responses) {
        if (responses.isEmpty()) {
            return;
        }
        ObjectNode byPattern = node.putObject("responses");
        for (IntegrationResponse response : responses.values()) {
            String pattern = response.selectionPattern() == null
                            || response.selectionPattern().isEmpty()
                    ? "default"
                    : response.selectionPattern();
            if (!byPattern.has(pattern)) {
                ObjectNode written = byPattern.putObject(pattern);
                text(written, "statusCode", response.statusCode());
                texts(written, "responseParameters", response.responseParameters());
                texts(written, "responseTemplates", response.responseTemplates());
                name(written, "contentHandling", response.contentHandling());
            }
        }
    }

    static void text(ObjectNode node, String member, String value) {
        if (value != null) {
            node.put(member, value);
        }
    }

    /** A template that is null does what an empty one does. */
    static void texts(ObjectNode node, String member, Map<String, String> values) {
        if (!values.isEmpty()) {
            ObjectNode map = node.putObject(member);
            values.forEach((name, value) -> map.put(name, value == null ? "" : value));
        }
    }

    static void name(ObjectNode node, String member, Enum<?> value) {
        if (value != null) {
            node.put(member, value.name());
        }
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
