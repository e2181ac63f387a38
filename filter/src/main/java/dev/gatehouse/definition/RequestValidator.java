package dev.gatehouse.definition;

/**
 * Which parts of a request are checked before the integration is called.
 */
public record RequestValidator(
        String id, String name, boolean validateRequestBody, boolean validateRequestParameters) {}
