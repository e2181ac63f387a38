package dev.gatehouse.engine.expression;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
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
 * @param endpointRequestId what the AWS service, or the function, calls its answer; null before and for all others
 */
public record CallContext(
        Call call,
        Identity identity,
        Resource resource,
        Map<String, Object> authorizer,
        ErrorFacts error,
        Overrides overrides,
        String endpointRequestId) {

    /** While nobody has answered. */
    public CallContext(
            Call call,
            Identity identity,
            Resource resource,
            Map<String, Object> authorizer,
            ErrorFacts error,
            Overrides overrides) {
        this(call, identity, resource, authorizer, error, overrides, null);
    }

    public static CallContext of(Call call, Identity identity) {
        return new CallContext(call, identity, null, null, null, new Overrides());
    }

    /**
     * @param caller who was found to call
     * @param facts {@code $context.authorizer}; null where no authorizer ran
     */
    public CallContext withCaller(Caller caller, Map<String, Object> facts) {
        return new CallContext(call, identity.with(caller), resource, facts, error, overrides);
    }

    /** @param key whose quota the call counts against */
    public CallContext withApiKey(ApiKey key) {
        return new CallContext(call, identity.with(key), resource, authorizer, error, overrides);
    }

    public CallContext withResource(Resource matched) {
        return new CallContext(call, identity, matched, authorizer, error, overrides);
    }

    public CallContext withError(ErrorFacts facts) {
        return new CallContext(call, identity, resource, authorizer, facts, overrides, endpointRequestId);
    }

    public CallContext withEndpointRequestId(String id) {
        return new CallContext(call, identity, resource, authorizer, error, overrides, id);
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

        private static final DateTimeFormatter REQUEST_TIME = DateTimeFormatter.ofPattern(
                        "dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);

        /** {@link #requestTime} as {@code 22/Nov/2026:10:00:00 +0000}. */
        public String formattedRequestTime() {
            return REQUEST_TIME.format(requestTime);
        }

        /** The first label of {@link #domainName}. */
        public String domainPrefix() {
            int dot = domainName.indexOf('.');
            return dot < 0 ? domainName : domainName.substring(0, dot);
        }
    }

    /**
     * @param sourceIp textual address of the caller
     * @param userAgent null where the client sent none
     * @param caller who proved to be somebody; {@link Caller#NOBODY} before and without proof
     * @param apiKey the key the client sent, once it is accepted; null before and without
     */
    public record Identity(String sourceIp, String userAgent, Caller caller, ApiKey apiKey) {

        public Identity(String sourceIp, String userAgent) {
            this(sourceIp, userAgent, Caller.NOBODY, null);
        }

        Identity with(Caller other) {
            return new Identity(sourceIp, userAgent, other, apiKey);
        }

        Identity with(ApiKey other) {
            return new Identity(sourceIp, userAgent, caller, other);
        }
    }

    /**
     * Who signed the call. Everything may be null; without IAM authorization everything is.
     *
     * @param accessKey the access key's id
     * @param accountId the caller's account, which need not be the API's
     * @param caller id of the principal, of a role's session with a colon and the session's name
     * @param user the same, as API Gateway has it
     * @param userArn of the user, or of the session
     * @param principalOrgId organisation of the caller's account
     * @param cognito who stands behind credentials of an identity pool; null for all others
     */
    public record Caller(
            String accessKey,
            String accountId,
            String caller,
            String user,
            String userArn,
            String principalOrgId,
            Cognito cognito) {

        public static final Caller NOBODY = new Caller(null, null, null, null, null, null, null);
    }

    /**
     * What an identity pool says of somebody.
     *
     * @param authenticationProvider the providers, a comma between them
     * @param authenticationType {@code authenticated} or {@code unauthenticated}
     * @param identityId id of the identity
     * @param identityPoolId id of the pool
     */
    public record Cognito(
            String authenticationProvider, String authenticationType, String identityId, String identityPoolId) {}

    /**
     * @param id id of the key
     * @param value the key itself: not for logs
     */
    public record ApiKey(String id, String value) {}

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
