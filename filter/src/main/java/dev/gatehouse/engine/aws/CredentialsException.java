package dev.gatehouse.engine.aws;

/** A role that cannot be assumed. Expected in the life of a gateway, so it carries no stack trace, only the reason. */
public final class CredentialsException extends RuntimeException {

    /** @param message for a log; no secret is in it */
    public CredentialsException(String message) {
        super(message, null, false, false);
    }
}
