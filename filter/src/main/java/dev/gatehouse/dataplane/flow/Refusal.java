package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.authorizer.Denial;
import dev.gatehouse.dataplane.snapshot.ResponseType;
import java.util.List;

/**
 * An expected "no", as a value.
 *
 * @param type which gateway response says it
 * @param status the status unless it is customised; mostly the type's own
 * @param message {@code $context.error.message}
 * @param errorType {@code x-amzn-ErrorType}; mostly the type's own
 * @param validationError {@code $context.error.validationErrorString}, null where validation is not the reason
 * @param detail for the execution log, never for the caller
 * @param remark a further line for the execution log, beside Amazon's own words; null for none
 * @param messageKey what the message is called in the body that Amazon has built in: {@code message}, and {@code Message} where
 *     a policy denies
 */
record Refusal(
        ResponseType type,
        int status,
        String message,
        String errorType,
        String validationError,
        String detail,
        String remark,
        String messageKey) {

    static final String MESSAGE = "message";

    private static final String INTERNAL = "Internal server error";

    static Refusal of(ResponseType type, String message) {
        return new Refusal(type, type.status(), message, type.errorType(), null, message, null, MESSAGE);
    }

    /** Nobody may call, or not this caller. */
    static Refusal of(Denial denial) {
        boolean byPolicy = denial.reason() == Denial.Reason.ACCESS_DENIED_BY_POLICY;
        ResponseType type = byPolicy
                ? ResponseType.ACCESS_DENIED
                : ResponseType.valueOf(denial.reason().name());
        return new Refusal(
                type,
                type.status(),
                denial.message(),
                denial.errorType() == null ? type.errorType() : denial.errorType(),
                null,
                denial.detail(),
                null,
                byPolicy ? "Message" : MESSAGE);
    }

    /** The definition or a backend is at fault, and the caller learns no more than that. */
    static Refusal internal(String detail) {
        return internal(500, detail);
    }

    static Refusal internal(int status, String detail) {
        return new Refusal(
                ResponseType.DEFAULT_5XX,
                status,
                INTERNAL,
                ResponseType.DEFAULT_5XX.errorType(),
                null,
                detail,
                null,
                MESSAGE);
    }

    static Refusal configuration(String detail) {
        return typed(ResponseType.API_CONFIGURATION_ERROR, INTERNAL, detail);
    }

    static Refusal badRequest(String message) {
        return of(ResponseType.DEFAULT_4XX, message);
    }

    /** @param violations what is wrong, for {@code $context.error.validationErrorString} and the execution log */
    static Refusal invalidBody(String mediaType, List<String> violations) {
        ResponseType type = ResponseType.BAD_REQUEST_BODY;
        return new Refusal(
                type,
                type.status(),
                "Invalid request body",
                type.errorType(),
                violations.toString(),
                "Request body does not match model schema for content type " + mediaType + ": " + violations,
                null,
                MESSAGE);
    }

    static Refusal typed(ResponseType type, String message, String detail) {
        return new Refusal(type, type.status(), message, type.errorType(), null, detail, null, MESSAGE);
    }

    Refusal withRemark(String further) {
        return new Refusal(type, status, message, errorType, validationError, detail, further, messageKey);
    }

    Refusal withStatus(int other) {
        return new Refusal(type, other, message, errorType, validationError, detail, remark, messageKey);
    }
}
