package dev.gatehouse.definition;

import java.time.Instant;

/**
 * A snapshot of all documentation parts of an API. The description may be null.
 */
public record DocumentationVersion(String version, Instant createdDate, String description) {}
