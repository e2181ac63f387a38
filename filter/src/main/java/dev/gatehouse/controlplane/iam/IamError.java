package dev.gatehouse.controlplane.iam;

import dev.gatehouse.controlplane.control.ControlError;
import java.util.List;
import java.util.Map;

/** Why a call is refused, by the error codes of IAM (IAM API reference, the errors of each action, and common errors). */
final class IamError extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What IAM, whose protocol is older, calls what API Gateway calls otherwise. */
    private static final Map<String, String> CODES = Map.of(
            "AccessDeniedException", "AccessDenied",
            "MissingAuthenticationTokenException", "MissingAuthenticationToken",
            "IncompleteSignatureException", "IncompleteSignature",
            "InvalidSignatureException", "SignatureDoesNotMatch",
            "UnrecognizedClientException", "InvalidClientTokenId",
            "ExpiredTokenException", "ExpiredToken");

    private final int status;
    private final String code;

    private IamError(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** Who calls is not known, or may not do this. */
    static IamError of(ControlError refusal) {
        return new IamError(refusal.status(), CODES.getOrDefault(refusal.type(), refusal.type()), refusal.getMessage());
    }

    static IamError noAction(String message) {
        return new IamError(400, "InvalidAction", message);
    }

    static IamError malformed(String message) {
        return new IamError(400, "MalformedQueryString", message);
    }

    static IamError invalid(String message) {
        return new IamError(400, "ValidationError", message);
    }

    /** Values that the service model does not allow, all of them. */
    static IamError violations(List<String> violations) {
        String count = violations.size() == 1
                ? "1 validation error detected: "
                : violations.size() + " validation errors detected: ";
        return invalid(count + String.join("; ", violations));
    }

    static IamError invalidInput(String message) {
        return new IamError(400, "InvalidInput", message);
    }

    static IamError malformedPolicy(String message) {
        return new IamError(400, "MalformedPolicyDocument", message);
    }

    static IamError unmodifiable(String message) {
        return new IamError(400, "UnmodifiableEntity", message);
    }

    static IamError noSuchEntity(String message) {
        return new IamError(404, "NoSuchEntity", message);
    }

    static IamError alreadyExists(String message) {
        return new IamError(409, "EntityAlreadyExists", message);
    }

    static IamError limitExceeded(String message) {
        return new IamError(409, "LimitExceeded", message);
    }

    static IamError deleteConflict(String message) {
        return new IamError(409, "DeleteConflict", message);
    }

    static IamError concurrentModification() {
        return new IamError(
                409,
                "ConcurrentModification",
                "The request was rejected because multiple requests to change this object were submitted"
                        + " simultaneously. Wait a few minutes and submit your request again.");
    }

    /** Broken, and not by the caller. */
    static IamError failure() {
        return new IamError(500, "ServiceFailure", "The request processing has failed because of an unknown error");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
