package dev.gatehouse.engine.expression;

import java.time.Instant;
import java.util.Map;

/**
 * What {@code $context} can tell of one call, so far: a step that learns more makes a richer copy. Immutable but for
 * {@link #overrides}, which templates write to. Source of the names: API Gateway developer guide, "$context variables".
 *
 * @param call known from the first byte on
 * @param identity who calls
 * @param resource what was matched; null before, and for a call that matches nothing
 * @param authorizer what an authorizer said ({@code principalId} included); null where none ran
 * @param error why the call was refused; null while it is not
 * @param overrides what templates decided; one object for the whole call
 */
public record CallContext(
        Call call,
        Identity identity,
        Resource resource,
        Map<String, Object> authorizer,
        ErrorFacts error,
        Overrides overrides) {

    public static CallContext of(Call call, Identity identity) {
        return new CallContext(call, identity, null, null, null, new Overrides());
    }

    public CallContext withResource(Resource matched) {
        return new CallContext(call, identity, matched, authorizer, error, overrides);
    }

    public CallContext withError(ErrorFacts facts) {
        return new CallContext(call, identity, resource, authorizer, facts, overrides);
    }

    /**
     * @param requestId a UUID
     * @param extendedRequestId {@code x-amz-apigw-id}
     * @param requestTime when the request arrived
     * @param httpMethod the client's verb
     * @param path raw path, stage included
     * @param protocol such as {@code HTTP/1.1}
     * @param domainName the host without port
     * @param accountId owner of the API, 12 digits
     * @param apiId id of the API
     * @param stage name of the stage
     * @param deploymentId the snapshot that serves this call
     * @param isCanaryRequest whether the canary serves this call; null on a stage without canary
     */
    public record Call(
            String requestId,
            String extendedRequestId,
            Instant requestTime,
            String httpMethod,
            String path,
            String protocol,
            String domainName,
            String accountId,
            String apiId,
            String stage,
            String deploymentId,
            Boolean isCanaryRequest) {

        /** The first label of {@link #domainName}. */
        public String domainPrefix() {
            int dot = domainName.indexOf('.');
            return dot < 0 ? domainName : domainName.substring(0, dot);
        }
    }

    /**
     * @param sourceIp textual address of the caller
     * @param userAgent null where the client sent none
     */
    public record Identity(String sourceIp, String userAgent) {}

    /**
     * @param id id of the resource
     * @param path such as {@code /pets/{petId}}
     */
    public record Resource(String id, String path) {}

    /**
     * @param message may be null: some of Amazon's refusals have none
     * @param responseType such as {@code MISSING_AUTHENTICATION_TOKEN}
     * @param validationErrorString null where validation is not the reason
     */
    public record ErrorFacts(String message, String responseType, String validationErrorString) {}
}
