package dev.gatehouse.dataplane.snapshot;

import dev.gatehouse.dataplane.authorizer.Access;
import dev.gatehouse.engine.limit.Limit;

/**
 * @param resourceId id of the resource
 * @param resourcePath such as {@code /pets/{petId}}
 * @param httpMethod as configured, so it may be {@code ANY}
 * @param access who may call it
 * @param apiKeyRequired whether a caller has to show an API key, and is counted in its usage plan
 * @param throttle how often all callers together may call it; null where only the account limits it
 * @param validation what a request must be like
 * @param logging what the execution log tells of its calls
 * @param integration what answers
 */
public record CompiledMethod(
        String resourceId,
        String resourcePath,
        String httpMethod,
        Access access,
        boolean apiKeyRequired,
        Limit throttle,
        RequestValidation validation,
        Logging logging,
        CompiledIntegration integration) {}
