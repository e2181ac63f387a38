package dev.gatehouse.http;

/** A backend that gave no answer. Expected in the life of a gateway, so it carries no stack trace, only the reason. */
public final class BackendException extends RuntimeException {

    public enum Reason {
        /** No complete answer in time. */
        TIMEOUT,
        /** Refused, reset, TLS failure, broken answer. */
        NETWORK,
        /** An address that cannot be called: unknown host, broken URL. */
        INVALID_ENDPOINT,
        /** The answer is larger than a gateway passes on. */
        TOO_LARGE
    }

    private final Reason reason;

    public BackendException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
