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

    /** @param context with the reason */
    void refused(Phase phase, Refusal refusal, CallContext context, GatewayResponse response) {
        AccessLog log = phase.stage().accessLog();
        if (log != null) {
            Integration integration = null;
            if (phase instanceof Answered answered) {
                integration = integration(answered, response);
            } else if (phase instanceof Mapped) {
                integration = new Integration(null, null, null, refusal.detail());
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
        if (answered.answer() instanceof Answer.Reply reply) {
            return new Integration(reply.reply().status(), reply.reply().status(), answered.latencyMillis(), null);
        }
        if (answered.answer() instanceof Answer.FunctionResult) {
            boolean proxy = answered.mapped().valid().matched().method().integration() instanceof Lambda lambda
                    && lambda.proxy();
            return new Integration(proxy ? response.status() : 200, 200, answered.latencyMillis(), null);
        }
        int status = answered.answer() instanceof Answer.Streaming streaming
                ? streaming.reply().status()
                : response.status();
        return new Integration(status, status, answered.latencyMillis(), null);
    }
}
