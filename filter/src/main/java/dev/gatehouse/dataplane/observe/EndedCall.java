package dev.gatehouse.dataplane.observe;

import dev.gatehouse.engine.expression.CallContext;

/**
 * A call that is over.
 *
 * @param context all that is known of it, the reason of a refusal included
 * @param trace {@code X-Amzn-Trace-Id}
 * @param status what the client got
 * @param responseLength bytes of the body; null where nobody counted them
 * @param responseLatency milliseconds from the request's arrival
 * @param integration what the backend did; null where none was called
 */
public record EndedCall(
        CallContext context,
        String trace,
        int status,
        Long responseLength,
        long responseLatency,
        Integration integration) {

    /**
     * @param status what the backend said; of a function behind a proxy integration, its {@code statusCode}
     * @param callStatus status of the call itself: 200 for a function whatever it says
     * @param latency milliseconds until the answer, all of it
     * @param error why there is no answer
     * @param streams whether answers of the integration are passed on as they come
     * @param timeToAllHeaders milliseconds until the head of an answer that streamed
     * @param timeToFirstContent milliseconds until the first byte of its body; null where none came
     */
    public record Integration(
            Integer status,
            Integer callStatus,
            Long latency,
            String error,
            boolean streams,
            Long timeToAllHeaders,
            Long timeToFirstContent) {}
}
