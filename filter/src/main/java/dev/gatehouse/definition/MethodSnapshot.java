package dev.gatehouse.definition;

/**
 * What guards a method of a deployment, as its summary tells.
 */
public record MethodSnapshot(AuthorizationType authorizationType, boolean apiKeyRequired) {}
