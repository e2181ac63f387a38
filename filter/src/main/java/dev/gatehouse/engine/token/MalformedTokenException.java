package dev.gatehouse.engine.token;

/** Text that is no token of the one kind that is read here. Expected, so it is checked and carries no stack trace. */
final class MalformedTokenException extends Exception {

    MalformedTokenException(String message) {
        super(message, null, false, false);
    }
}
