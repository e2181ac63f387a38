package dev.gatehouse.definition;

/** Whether an API is ready for its next change. */
public enum ApiStatus {
    UPDATING,
    AVAILABLE,
    PENDING,
    FAILED
}
