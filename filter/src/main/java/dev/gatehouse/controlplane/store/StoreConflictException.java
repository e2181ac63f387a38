package dev.gatehouse.controlplane.store;

/** A change met others too often, and nothing of it was done. Trying again later may succeed. */
public final class StoreConflictException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StoreConflictException(String message, Throwable cause) {
        super(message, cause);
    }
}
