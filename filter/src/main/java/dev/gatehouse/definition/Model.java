package dev.gatehouse.definition;

/**
 * A JSON Schema (draft 4) under a name.
 *
 * @param description may be null
 * @param schema JSON text; refers to other models of the API by {@code https://apigateway.amazonaws.com/restapis/<apiId>/models/<name>}
 */
public record Model(String id, String name, String description, String schema, String contentType) {}
