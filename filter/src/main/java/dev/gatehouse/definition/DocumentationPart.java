package dev.gatehouse.definition;

/**
 * Documentation of one entity.
 *
 * @param properties JSON text
 */
public record DocumentationPart(String id, DocumentationPartLocation location, String properties) {}
