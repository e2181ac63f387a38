package dev.gatehouse.controlplane.openapi;

/** A text that is no document at all; the message says why and where. */
final class Unreadable extends Exception {

    Unreadable(String message) {
        super(message);
    }
}
