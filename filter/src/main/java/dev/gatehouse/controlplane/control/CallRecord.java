package dev.gatehouse.controlplane.control;

import java.time.Instant;

/**
 * What happened to one call that was traced.
 *
 * @param id that of the call
 * @param time when it came
 * @param httpMethod its verb
 * @param resourcePath null where it found no resource
 * @param status of the answer
 * @param document JSON in UTF-8
 */
public record CallRecord(
        String id, Instant time, String httpMethod, String resourcePath, int status, byte[] document) {}
