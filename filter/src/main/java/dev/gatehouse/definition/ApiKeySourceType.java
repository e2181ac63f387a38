package dev.gatehouse.definition;

/** Where a method that requires an API key finds it: in the {@code X-API-Key} header, or in the answer of its authorizer. */
public enum ApiKeySourceType {
    HEADER,
    AUTHORIZER
}
