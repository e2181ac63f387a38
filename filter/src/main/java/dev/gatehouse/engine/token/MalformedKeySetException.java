package dev.gatehouse.engine.token;

/** A document that is no key set of use. Expected of a server, so it is checked and carries no stack trace. */
final class MalformedKeySetException extends Exception {

    MalformedKeySetException(String message) {
        super(message, null, false, false);
    }
}
