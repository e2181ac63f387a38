package dev.gatehouse.definition;

/**
 * Which API a custom domain name answers with under a base path.
 *
 * @param basePath {@code (none)} for the empty one
 * @param stage null where the caller names the stage in the path
 */
public record BasePathMapping(String basePath, String restApiId, String stage) {}
