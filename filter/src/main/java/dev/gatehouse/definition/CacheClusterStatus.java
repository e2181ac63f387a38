package dev.gatehouse.definition;

/** Where the response cache of a stage is in its life. */
public enum CacheClusterStatus {
    CREATE_IN_PROGRESS,
    AVAILABLE,
    DELETE_IN_PROGRESS,
    NOT_AVAILABLE,
    FLUSH_IN_PROGRESS
}
