package dev.gatehouse.controlplane.control;

/**
 * Decides who may do what: verifies the caller's signature and the caller's right to this very call. Asked before anything else
 * happens, also for operations that do not exist. Thread-safe.
 *
 * <p>Permissions of API Gateway are {@code apigateway:<verb>} on {@code arn:aws:apigateway:<region>::<path>} (API Gateway
 * developer guide, actions, resources and condition keys), so a request has nearly all that is needed to decide.
 */
@FunctionalInterface
public interface Gatekeeper {

    /**
     * @param tags of what the request is about; looked up when asked for
     * @throws ControlError {@link ControlError#forbidden} where the caller is unknown or may not do this
     */
    Caller admit(ControlRequest request, ResourceTags tags);
}
