package dev.gatehouse.dataplane.snapshot;

/**
 * Why a gateway answers itself: Amazon's closed set of gateway response types, with the status and the {@code
 * x-amzn-ErrorType} each has unless it is customised. Source: API Gateway developer guide, "gateway response types", and
 * recorded answers.
 */
public enum ResponseType {
    REQUEST_TOO_LARGE(413, "RequestTooLargeException"),
    RESOURCE_NOT_FOUND(404, "NotFoundException"),
    AUTHORIZER_CONFIGURATION_ERROR(500, "AuthorizerConfigurationException"),
    MISSING_AUTHENTICATION_TOKEN(403, "MissingAuthenticationTokenException"),
    BAD_REQUEST_BODY(400, "BadRequestException"),
    INVALID_SIGNATURE(403, "InvalidSignatureException"),
    INVALID_API_KEY(403, "ForbiddenException"),
    BAD_REQUEST_PARAMETERS(400, "BadRequestException"),
    AUTHORIZER_FAILURE(500, "AuthorizerFailureException"),
    UNAUTHORIZED(401, "UnauthorizedException"),
    INTEGRATION_TIMEOUT(504, "InternalServerErrorException"),
    ACCESS_DENIED(403, "AccessDeniedException"),
    /** An untyped refusal of the caller's request; its status comes with the refusal. */
    DEFAULT_4XX(400, "BadRequestException"),
    /** An untyped failure of ours. */
    DEFAULT_5XX(500, "InternalServerErrorException"),
    WAF_FILTERED(403, "ForbiddenException"),
    QUOTA_EXCEEDED(429, "LimitExceededException"),
    THROTTLED(429, "TooManyRequestsException"),
    API_CONFIGURATION_ERROR(500, "InternalServerErrorException"),
    UNSUPPORTED_MEDIA_TYPE(415, "BadRequestException"),
    INTEGRATION_FAILURE(504, "InternalServerErrorException"),
    EXPIRED_TOKEN(403, "ExpiredTokenException");

    private final int status;
    private final String errorType;

    ResponseType(int status, String errorType) {
        this.status = status;
        this.errorType = errorType;
    }

    public int status() {
        return status;
    }

    public String errorType() {
        return errorType;
    }

    /** The type whose definition applies where this one has none of its own. */
    public ResponseType fallback() {
        return status < 500 ? DEFAULT_4XX : DEFAULT_5XX;
    }

    /** Amazon sends a 413 as it is, whatever DEFAULT_4XX says. */
    public boolean customisable() {
        return this != REQUEST_TOO_LARGE;
    }
}
