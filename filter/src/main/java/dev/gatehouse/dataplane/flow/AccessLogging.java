package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Answer;
import dev.gatehouse.dataplane.flow.Phase.Answered;
import dev.gatehouse.dataplane.flow.Phase.Mapped;
import dev.gatehouse.dataplane.flow.Phase.Ready;
import dev.gatehouse.dataplane.observe.AccessLog;
import dev.gatehouse.dataplane.observe.AccessLogSink;
import dev.gatehouse.dataplane.observe.EndedCall;
import dev.gatehouse.dataplane.observe.EndedCall.Integration;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Lambda;
import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.http.GatewayResponse;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for each call that ends, served or refused, of stages that want one. */
final class AccessLogging {

    private static final Logger LOG = LoggerFactory.getLogger(RestApiFlow.class);

    private final AccessLogSink sink;
    private final InstantSource clock;

    AccessLogging(AccessLogSink sink, InstantSource clock) {
        this.sink = sink;
        this.clock = clock;
    }

    AccessLogSink sink() {
        return sink;
    }

    void completed(Ready ready, GatewayResponse response) {
        AccessLog log = ready.stage().accessLog();
        if (log != null) {
            write(log, ready, ready.context(), response, integration(ready.answered(), response));
        }
    }

    /** A stream is over. */
    void streamed(Ready ready, ObservedStream.Passage passage) {
        AccessLog log = ready.stage().accessLog();
        if (log == null) {
            return;
        }
        GatewayResponse response = new GatewayResponse(
                ready.response().status(), ready.response().headers(), new GatewayResponse.Body.Sent(passage.length()));
        Integration begun = integration(ready.answered(), response);
        long toHead = ready.answered().latencyMillis();
        Long toContent = passage.toFirstContent() == null ? null : toHead + passage.toFirstContent();
        Integration ended = new Integration(
                begun.status(), begun.callStatus(), toHead + passage.toEnd(), null, true, toHead, toContent);
        write(log, ready, ready.context(), response, ended);
    }

    /** @param context with the reason */
    void refused(Phase phase, Refusal refusal, CallContext context, GatewayResponse response) {
        AccessLog log = phase.stage().accessLog();
        if (log != null) {
            Integration integration = null;
            if (phase instanceof Answered answered) {
                integration = integration(answered, response);
            } else if (phase instanceof Mapped mapped) {
                integration = new Integration(null, null, null, refusal.detail(), streams(mapped), null, null);
            }
            write(log, phase, context, response, integration);
        }
    }

    private void write(
            AccessLog log, Phase phase, CallContext context, GatewayResponse response, Integration integration) {
        EndedCall call = new EndedCall(
                context,
                phase.arrived().trace(),
                response.status(),
                length(response.body()),
                clock.millis() - context.call().requestTime().toEpochMilli(),
                integration);
        try {
            sink.write(log.destinationArn(), log.format().line(call));
        } catch (RuntimeException e) {
            // the call is over, and its answer does not depend on who writes about it
            LOG.warn("({}) The access log cannot be written", context.call().requestId(), e);
        }
    }

    private static Long length(GatewayResponse.Body body) {
        if (body instanceof GatewayResponse.Body.Bytes bytes) {
            return (long) bytes.bytes().length;
        }
        long sent = ((GatewayResponse.Body.Sent) body).length();
        return sent < 0 ? null : sent;
    }

    /** @return null where nobody was called */
    private static Integration integration(Answered answered, GatewayResponse response) {
        if (answered.mapped().call() instanceof BackendCall.Mock) {
            return null;
        }
        Answer answer = answered.answer();
        if (answer instanceof Answer.FunctionResult || answer instanceof Answer.FunctionStream) {
            boolean proxy = answered.mapped().valid().matched().method().integration() instanceof Lambda lambda
                    && lambda.proxy();
            return integration(answered, proxy ? response.status() : 200, 200);
        }
        int status = answer instanceof Answer.Reply reply
                ? reply.reply().status()
                : answer.coming() == null ? response.status() : answer.coming().status();
        return integration(answered, status, status);
    }

    private static Integration integration(Answered answered, int status, int callStatus) {
        return new Integration(
                status, callStatus, answered.latencyMillis(), null, streams(answered.mapped()), null, null);
    }

    private static boolean streams(Mapped mapped) {
        return mapped.call() instanceof BackendCall.Http http && http.idle() != null
                || mapped.call() instanceof BackendCall.Function function && function.idle() != null;
    }
}
