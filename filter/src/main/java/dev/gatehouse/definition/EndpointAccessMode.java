package dev.gatehouse.definition;

/** Whether an endpoint checks that host name and SNI belong together ({@code STRICT}). */
public enum EndpointAccessMode {
    BASIC,
    STRICT
}
