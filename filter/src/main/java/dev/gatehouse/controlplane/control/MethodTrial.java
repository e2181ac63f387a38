package dev.gatehouse.controlplane.control;

import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.http.Headers;
import java.util.Map;
import java.util.Objects;

/**
 * A test invocation: one method of a definition that need not be deployed.
 *
 * @param draft the API as it is now
 * @param resourceId a resource of the draft
 * @param httpMethod a verb that the resource has, or any where it has {@code ANY}
 * @param pathWithQueryString null for the path of the resource as it is written, braces included
 * @param headers as a client would send them
 * @param body null for none
 * @param clientCertificateId shown to the backend; null for none
 * @param stageVariables all there are in this call
 */
public record MethodTrial(
        ApiDefinition draft,
        String resourceId,
        String httpMethod,
        String pathWithQueryString,
        Headers headers,
        String body,
        String clientCertificateId,
        Map<String, String> stageVariables) {

    public MethodTrial {
        Objects.requireNonNull(draft, "draft");
        Objects.requireNonNull(headers, "headers");
        stageVariables = Map.copyOf(stageVariables);
    }

    /**
     * What came of it.
     *
     * @param status what a client would get
     * @param log in Amazon's format
     * @param latencyMillis from beginning to end
     */
    public record Result(int status, Headers headers, String body, String log, long latencyMillis) {}
}
