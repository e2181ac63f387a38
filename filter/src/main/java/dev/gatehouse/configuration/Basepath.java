package dev.gatehouse.configuration;

/**
 * What an import does with the base path of a document: the {@code basepath} parameter of ImportRestApi (API Gateway
 * developer guide, "Set the OpenAPI basePath property").
 */
public enum Basepath {
    /** The base path is left out: {@code /v1} and {@code /pets} give {@code /pets}. The default. */
    IGNORE,
    /** The base path becomes resources: {@code /v1/pets}. */
    PREPEND,
    /** The first segment of the base path is left out and the rest becomes resources. */
    SPLIT
}
