package dev.gatehouse.controlplane.control;

/**
 * A service of Amazon beside API Gateway that is answered at the same address: calls are told apart by the service that they are signed
 * for. It lets in whom it wants to, as nobody has been asked before. Thread-safe.
 */
public interface Service {

    /** Signing name, such as {@code iam}. */
    String name();

    /**
     * @param requestId for the answer, which tells it
     * @return the answer, also to a wrong call; never fails
     */
    ControlResponse answer(ControlRequest request, String requestId);
}
