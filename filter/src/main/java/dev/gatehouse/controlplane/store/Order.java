package dev.gatehouse.controlplane.store;

/** In which order entries are listed, by their creation. */
public enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST
}
