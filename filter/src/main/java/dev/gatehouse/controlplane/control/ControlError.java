package dev.gatehouse.controlplane.control;

import java.util.List;

/**
 * Why a call is refused, by Amazon's error codes (API Gateway API reference, common errors). Rendered by {@link ControlPlane}.
 */
public final class ControlError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;
    private final Integer retryAfterSeconds;

    private ControlError(int status, String type, String message, Integer retryAfterSeconds) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** What is asked for makes no sense. */
    public static ControlError badRequest(String message) {
        return new ControlError(400, "BadRequestException", message, null);
    }

    /** Values that the service model does not allow, all of them. */
    static ControlError validation(List<String> violations) {
        String count = violations.size() == 1
                ? "1 validation error detected: "
                : violations.size() + " validation errors detected: ";
        return new ControlError(400, "ValidationException", count + String.join("; ", violations), null);
    }

    /** JSON of another type than the service model has. */
    static ControlError serialization(String message) {
        return new ControlError(400, "SerializationException", message, null);
    }

    public static ControlError notFound(String message) {
        return new ControlError(404, "NotFoundException", message, null);
    }

    public static ControlError conflict(String message) {
        return new ControlError(409, "ConflictException", message, null);
    }

    public static ControlError limitExceeded(String message, int retryAfterSeconds) {
        return new ControlError(429, "LimitExceededException", message, retryAfterSeconds);
    }

    public static ControlError tooManyRequests(int retryAfterSeconds) {
        return new ControlError(429, "TooManyRequestsException", "Too Many Requests", retryAfterSeconds);
    }

    static ControlError unknownOperation(String message) {
        return new ControlError(404, "UnknownOperationException", message, null);
    }

    /**
     * Who calls is not known, or may not do this.
     *
     * @param type such as {@code AccessDeniedException} or {@code InvalidSignatureException}
     */
    public static ControlError forbidden(String type, String message) {
        return new ControlError(403, type, message, null);
    }

    /** Broken, and not by the caller. */
    static ControlError internal() {
        return new ControlError(500, "InternalServerErrorException", "Internal server error", null);
    }

    public int status() {
        return status;
    }

    /** Amazon's error code. */
    public String type() {
        return type;
    }

    /** @return null where waiting does not help */
    Integer retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
