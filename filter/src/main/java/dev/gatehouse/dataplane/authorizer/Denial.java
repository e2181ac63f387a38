package dev.gatehouse.dataplane.authorizer;

import java.util.Objects;

/**
 * Why a call may not go on. Source of the texts: API Gateway developer guide, "gateway response types", and what was observed.
 *
 * @param reason which gateway response says it
 * @param errorType {@code x-amzn-ErrorType}; null for the reason's own
 * @param message {@code $context.error.message}; null where Amazon says none
 * @param detail for the execution log, never for the caller; no secrets, nothing that a caller could forge lines with
 */
public record Denial(Reason reason, String errorType, String message, String detail) {

    /** The gateway responses that authorization can end with, by Amazon's names. */
    public enum Reason {
        MISSING_AUTHENTICATION_TOKEN,
        INVALID_SIGNATURE,
        EXPIRED_TOKEN,
        UNAUTHORIZED,
        /** By a Lambda authorizer. */
        ACCESS_DENIED,
        /** By a policy of IAM or of the API: the same gateway response, but the built-in body has {@code Message} in capitals. */
        ACCESS_DENIED_BY_POLICY,
        AUTHORIZER_CONFIGURATION_ERROR,
        AUTHORIZER_FAILURE
    }

    public Denial {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
    }

    /** With the error type of its kind, and nothing more to say in the log. */
    public static Denial of(Reason reason, String message) {
        return new Denial(reason, null, message, String.valueOf(message));
    }
}
