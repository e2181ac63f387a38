package dev.gatehouse.engine.lambda;

/** A function that could not be called. Expected in the life of a gateway, so it carries no stack trace, only the reason. */
public final class LambdaException extends RuntimeException {

    public enum Reason {
        /** There is no such function, version or alias. */
        NOT_FOUND,
        /** Credentials or the function's policy do not allow the call. */
        ACCESS_DENIED,
        /** As many calls as allowed are running. */
        THROTTLED,
        /** No answer in time. */
        TIMEOUT,
        /** The Lambda service cannot be reached. */
        NETWORK,
        /** The Lambda service's address cannot be called. */
        INVALID_ENDPOINT,
        /** Event or answer are over a limit. */
        TOO_LARGE,
        /** The function broke off what it was answering. */
        FUNCTION_FAILED,
        /** The Lambda service refused or failed in another way. */
        FAILED
    }

    private final Reason reason;

    public LambdaException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
