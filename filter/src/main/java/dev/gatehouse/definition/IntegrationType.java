package dev.gatehouse.definition;

/** The kind of backend behind a method. */
public enum IntegrationType {
    HTTP,
    AWS,
    MOCK,
    HTTP_PROXY,
    AWS_PROXY
}
