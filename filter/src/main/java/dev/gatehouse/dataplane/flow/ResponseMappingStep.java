package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Answer;
import dev.gatehouse.dataplane.flow.Phase.Answered;
import dev.gatehouse.dataplane.flow.Phase.Ready;
import dev.gatehouse.dataplane.integration.LambdaProxyHead;
import dev.gatehouse.dataplane.integration.LambdaProxyReply;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Http;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Lambda;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Mock;
import dev.gatehouse.engine.expression.InvalidJsonBodyException;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.StreamedReply;

/** From the integration response to the method response. */
final class ResponseMappingStep {

    Outcome<Ready> apply(Answered answered) {
        try {
            return Outcome.passed(new Ready(answered, map(answered)));
        } catch (RefusedMapping e) {
            return Outcome.refused(e.refusal());
        } catch (InvalidJsonBodyException e) {
            return Outcome.refused(Refusal.internal("Invalid JSON in the integration response body"));
        } catch (Content.NotBase64Exception e) {
            return Outcome.refused(Refusal.internal("the response payload is not base64"));
        }
    }

    private static GatewayResponse map(Answered answered) {
        CompiledIntegration integration =
                answered.mapped().valid().matched().method().integration();
        if (answered.answer() instanceof Answer.AlreadySent sent) {
            return sent.response();
        }
        if (answered.answer() instanceof Answer.FunctionResult result) {
            return ((Lambda) integration).proxy()
                    ? lambdaProxy(answered, result)
                    : IntegrationResponse.ofFunction(answered, (Lambda) integration, result)
                            .toClient(answered.mapped().arrived().trace());
        }
        if (answered.answer() instanceof Answer.FunctionStream stream) {
            return lambdaStream(answered, stream.head());
        }
        if (answered.answer() instanceof Answer.Streaming streaming) {
            return streamed(answered, streaming.reply());
        }
        BackendReply reply = ((Answer.Reply) answered.answer()).reply();
        if (integration instanceof Http http && http.proxy()) {
            return httpProxy(answered, reply);
        }
        String trace =
                integration instanceof Mock ? null : answered.mapped().arrived().trace();
        return IntegrationResponse.ofReply(answered, integration, reply).toClient(trace);
    }

    private static GatewayResponse httpProxy(Answered answered, BackendReply reply) {
        Headers.Builder headers = ClientHeaders.proxied(reply.headers());
        byte[] body = outgoing(answered, reply).bytes();
        return GatewayResponse.of(
                reply.status(), ClientHeaders.identified(answered, headers).build(), body);
    }

    /** Bytes as they come: neither text nor compressed (API Gateway developer guide, "response streaming"). */
    private static GatewayResponse streamed(Answered answered, StreamedReply reply) {
        return new GatewayResponse(
                reply.status(),
                ClientHeaders.identified(answered, ClientHeaders.proxied(reply.headers()))
                        .build(),
                new GatewayResponse.Body.Stream(reply.body()));
    }

    private static Content outgoing(Answered answered, BackendReply reply) {
        var binaryMediaTypes = answered.stage().binaryMediaTypes();
        return Content.ofResponse(
                reply.body(),
                binaryMediaTypes.matchContentType(reply.headers().last("Content-Type")),
                binaryMediaTypes.matchAccept(answered.arrived().headers().last("Accept")),
                null);
    }

    private static GatewayResponse lambdaProxy(Answered answered, Answer.FunctionResult result) {
        if (result.failed()) {
            throw new RefusedMapping(
                    Refusal.internal(502, "Lambda execution failed with status 200 due to customer function error"));
        }
        boolean acceptsBinary = answered.stage()
                .binaryMediaTypes()
                .matchAccept(answered.arrived().headers().last("Accept"));
        LambdaProxyReply parsed = LambdaProxyReply.parse(result.payload(), acceptsBinary);
        if (parsed instanceof LambdaProxyReply.Malformed malformed) {
            throw malformed(malformed.reason());
        }
        LambdaProxyReply.Answer answer = (LambdaProxyReply.Answer) parsed;
        return GatewayResponse.of(answer.status(), ofFunction(answered, answer.headers()), answer.body());
    }

    private static GatewayResponse lambdaStream(Answered answered, LambdaProxyHead head) {
        if (head instanceof LambdaProxyHead.Malformed malformed) {
            throw malformed(malformed.reason());
        }
        StreamedReply reply = ((LambdaProxyHead.Head) head).reply();
        return new GatewayResponse(
                reply.status(), ofFunction(answered, reply.headers()), new GatewayResponse.Body.Stream(reply.body()));
    }

    private static RefusedMapping malformed(String reason) {
        return new RefusedMapping(Refusal.internal(
                502, "Execution failed due to configuration error: Malformed Lambda proxy response: " + reason));
    }

    private static Headers ofFunction(Answered answered, Headers said) {
        Headers.Builder headers = ClientHeaders.ofFunction(said)
                .setIfAbsent("Content-Type", "application/json")
                .set(BackendHeaders.TRACE_ID, answered.arrived().trace());
        return ClientHeaders.identified(answered, headers).build();
    }
}
