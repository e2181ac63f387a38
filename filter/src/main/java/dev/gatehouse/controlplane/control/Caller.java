package dev.gatehouse.controlplane.control;

import java.util.Objects;

/**
 * Who calls the control plane, known for sure.
 *
 * @param principal how logs call the caller, such as an ARN or a user name; no secret
 * @param region where the caller wants to work: each region has definitions of its own
 */
public record Caller(String principal, String region) {

    public Caller {
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(region, "region");
    }
}
