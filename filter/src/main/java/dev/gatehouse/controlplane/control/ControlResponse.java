package dev.gatehouse.controlplane.control;

import dev.gatehouse.http.Headers;

/**
 * The answer to a call of the control plane.
 *
 * @param body empty where the operation answers nothing; not copied, and not to be changed
 */
public record ControlResponse(int status, Headers headers, byte[] body) {}
