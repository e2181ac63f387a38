package dev.gatehouse.definition;

/**
 * Where a stage writes its access log, and the format of a line. Both may be null.
 */
public record AccessLogSettings(String format, String destinationArn) {}
