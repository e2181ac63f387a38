package dev.gatehouse.engine.limit;

import java.time.Duration;

/**
 * A call that a limit has refused. It says everything but the value of the key.
 *
 * @param requestId of the call
 * @param apiId id of the API
 * @param stageName name of the stage
 * @param method verb and path of the method, such as {@code GET /pets/{petId}}
 * @param planId usage plan; null where the call belongs to none
 * @param keyId id of the API key; null where the call belongs to no plan
 * @param level which limit
 * @param limit in words, such as {@code 10.0 per second, burst 20}, or {@code 1000 per DAY}
 * @param retryAfter how long until the limit may let a call pass; for a quota until its period ends
 */
public record LimitExceeded(
        String requestId,
        String apiId,
        String stageName,
        String method,
        String planId,
        String keyId,
        Level level,
        String limit,
        Duration retryAfter) {}
