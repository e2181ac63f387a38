package dev.gatehouse.definition;

/** How an HTTP backend is reached. */
public enum ConnectionType {
    INTERNET,
    VPC_LINK
}
