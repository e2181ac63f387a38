package dev.gatehouse;

/**
 * One stage that is being served.
 *
 * @param restApiId id of the API
 * @param name name of the API, for people
 * @param stageName name of the stage
 * @param deploymentId what the stage points to
 * @param path where it is served below the filter's mapping; {@code /} for the root
 */
public record StageListing(String restApiId, String name, String stageName, String deploymentId, String path) {}
