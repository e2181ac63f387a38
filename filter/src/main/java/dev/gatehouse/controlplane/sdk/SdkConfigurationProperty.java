package dev.gatehouse.controlplane.sdk;

/**
 * A parameter that GetSdk takes for a type of SDK, as Amazon's service model has it.
 *
 * @param required whether GetSdk refuses to do without
 * @param defaultValue null where there is none, or where it follows from the API
 */
public record SdkConfigurationProperty(
        String name, String friendlyName, String description, boolean required, String defaultValue) {}
