package dev.gatehouse.definition;

/**
 * The answers that the gateway gives by itself (API Gateway developer guide, gateway response types). The order is the one in
 * which API Gateway lists them in its validation messages.
 */
public enum GatewayResponseType {
    REQUEST_TOO_LARGE("413"),
    RESOURCE_NOT_FOUND("404"),
    AUTHORIZER_CONFIGURATION_ERROR("500"),
    MISSING_AUTHENTICATION_TOKEN("403"),
    BAD_REQUEST_BODY("400"),
    INVALID_SIGNATURE("403"),
    INVALID_API_KEY("403"),
    BAD_REQUEST_PARAMETERS("400"),
    AUTHORIZER_FAILURE("500"),
    UNAUTHORIZED("401"),
    INTEGRATION_TIMEOUT("504"),
    ACCESS_DENIED("403"),
    DEFAULT_4XX(null),
    DEFAULT_5XX(null),
    WAF_FILTERED("403"),
    QUOTA_EXCEEDED("429"),
    THROTTLED("429"),
    API_CONFIGURATION_ERROR("500"),
    UNSUPPORTED_MEDIA_TYPE("415"),
    INTEGRATION_FAILURE("504"),
    EXPIRED_TOKEN("403");

    private final String defaultStatusCode;

    GatewayResponseType(String defaultStatusCode) {
        this.defaultStatusCode = defaultStatusCode;
    }

    /** @return three digits, as on the wire; null for {@link #DEFAULT_4XX} and {@link #DEFAULT_5XX} */
    public String defaultStatusCode() {
        return defaultStatusCode;
    }

    /** @return the type whose customisation this one takes over while it has none of its own; null for the two defaults */
    public GatewayResponseType fallback() {
        if (defaultStatusCode == null) {
            return null;
        }
        return defaultStatusCode.startsWith("4") ? DEFAULT_4XX : DEFAULT_5XX;
    }
}
