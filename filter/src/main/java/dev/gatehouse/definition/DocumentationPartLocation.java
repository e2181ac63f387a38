package dev.gatehouse.definition;

/**
 * The entity that a documentation part describes. Which components are set depends on the type; absent ones are null.
 */
public record DocumentationPartLocation(
        DocumentationPartType type, String path, String method, String statusCode, String name) {}
