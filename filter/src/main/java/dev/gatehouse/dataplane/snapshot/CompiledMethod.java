package dev.gatehouse.dataplane.snapshot;

import dev.gatehouse.dataplane.authorizer.Access;
import java.util.List;

/**
 * @param resourceId id of the resource
 * @param resourcePath such as {@code /pets/{petId}}
 * @param httpMethod as configured, so it may be {@code ANY}
 * @param access who may call it
 * @param requiredParameters in the order in which Amazon lists missing ones; empty where parameters are not validated
 * @param logging what the execution log tells of its calls
 * @param integration what answers
 */
public record CompiledMethod(
        String resourceId,
        String resourcePath,
        String httpMethod,
        Access access,
        List<RequiredParameter> requiredParameters,
        Logging logging,
        CompiledIntegration integration) {

    /** Where a required parameter must be; in this order missing ones are reported. */
    public enum Location {
        HEADER,
        PATH,
        QUERYSTRING
    }

    public record RequiredParameter(Location location, String name) {}
}
