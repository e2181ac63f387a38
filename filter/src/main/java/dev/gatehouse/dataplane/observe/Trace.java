package dev.gatehouse.dataplane.observe;

import java.time.Instant;

/**
 * What happened to one call.
 *
 * @param id that of the call
 * @param restApiId id of the API
 * @param stageName name of the stage
 * @param time when the call came
 * @param httpMethod the call's verb
 * @param path the path of the resource; null where none was found
 * @param status of the answer, as the client would have got it
 * @param document JSON in UTF-8, see {@code docs/reference/request-traces.md}; without secrets
 */
public record Trace(
        String id,
        String restApiId,
        String stageName,
        Instant time,
        String httpMethod,
        String path,
        int status,
        byte[] document) {}
