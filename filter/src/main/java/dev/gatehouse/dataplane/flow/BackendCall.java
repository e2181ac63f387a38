package dev.gatehouse.dataplane.flow;

import dev.gatehouse.engine.aws.ServiceCall;
import dev.gatehouse.engine.lambda.LambdaCall;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.ClientProfile;
import java.time.Duration;

/** Whom to call, and with what. */
sealed interface BackendCall {

    /** Nobody: the request template has said which status to pretend. */
    record Mock(int status) implements BackendCall {}

    /** @param idle of an answer that is passed on as it comes; null for one that is taken whole */
    record Http(BackendRequest request, ClientProfile profile, Duration idle) implements BackendCall {}

    record Service(ServiceCall call) implements BackendCall {}

    /**
     * @param idle of an answer that is passed on as it comes; null for one that is taken whole
     * @param refusal what Lambda answers instead of calling the function; null where nothing is wrong with the call
     */
    record Function(LambdaCall call, Duration idle, byte[] refusal) implements BackendCall {}

    /** The application answers the client itself. */
    record ApplicationStream(BackendRequest request) implements BackendCall {}

    /** The application answers the gateway. */
    record ApplicationExchange(BackendRequest request) implements BackendCall {}

    /** The application gets the request as it came. */
    record Untouched() implements BackendCall {}
}
