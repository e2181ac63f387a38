package dev.gatehouse.definition;

/** Where an API is offered from. */
public enum EndpointType {
    REGIONAL,
    EDGE,
    PRIVATE
}
