package dev.gatehouse.dataplane.snapshot;

import dev.gatehouse.dataplane.authorizer.Access;

/**
 * @param resourceId id of the resource
 * @param resourcePath such as {@code /pets/{petId}}
 * @param httpMethod as configured, so it may be {@code ANY}
 * @param access who may call it
 * @param validation what a request must be like
 * @param logging what the execution log tells of its calls
 * @param integration what answers
 */
public record CompiledMethod(
        String resourceId,
        String resourcePath,
        String httpMethod,
        Access access,
        RequestValidation validation,
        Logging logging,
        CompiledIntegration integration) {}
