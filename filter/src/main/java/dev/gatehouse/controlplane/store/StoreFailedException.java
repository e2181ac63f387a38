package dev.gatehouse.controlplane.store;

/** The database behind a store is not usable, or broke while it was used. The cause has its own words for it. */
public final class StoreFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StoreFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
