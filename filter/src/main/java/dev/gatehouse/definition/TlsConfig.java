package dev.gatehouse.definition;

/**
 * How a backend certificate is checked.
 */
public record TlsConfig(boolean insecureSkipVerification) {}
