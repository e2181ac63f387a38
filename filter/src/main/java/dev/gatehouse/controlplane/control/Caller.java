package dev.gatehouse.controlplane.control;

/**
 * Who calls the control plane, known for sure.
 *
 * @param principal how logs call the caller, such as an ARN or a user name; no secret
 */
public record Caller(String principal) {}
