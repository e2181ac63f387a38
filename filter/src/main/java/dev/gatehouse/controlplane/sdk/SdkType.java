package dev.gatehouse.controlplane.sdk;

import java.util.List;

/** A kind of client that GetSdk makes, as Amazon's service model has it. */
public record SdkType(
        String id, String friendlyName, String description, List<SdkConfigurationProperty> configurationProperties) {

    public SdkType {
        configurationProperties = List.copyOf(configurationProperties);
    }
}
