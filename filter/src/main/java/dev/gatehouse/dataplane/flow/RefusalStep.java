package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.snapshot.CompiledGatewayResponse;
import dev.gatehouse.dataplane.snapshot.MediaType;
import dev.gatehouse.dataplane.snapshot.ResponseMappings;
import dev.gatehouse.dataplane.snapshot.ResponseType;
import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.expression.CallFacts;
import dev.gatehouse.engine.expression.TextTemplate;
import dev.gatehouse.engine.json.Json;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Words a refusal: the one place where gateway responses are made. */
final class RefusalStep {

    /** The body of an unexplained failure, with the blank that Amazon's has (recorded). */
    private static final byte[] INTERNAL = "{\"message\": \"Internal server error\"}".getBytes(StandardCharsets.UTF_8);

    private static final String JSON = "application/json";
    private static final Logger LOG = LoggerFactory.getLogger(RestApiFlow.class);

    private final ExecutionLog executionLog;
    private final AccessLogging accessLog;

    RefusalStep(ExecutionLog executionLog, AccessLogging accessLog) {
        this.accessLog = accessLog;
        this.executionLog = executionLog;
    }

    GatewayResponse render(Phase phase, Refusal refusal) {
        if (phase.arrived().watched() != null) {
            phase.arrived().watched().refused(phase, refusal);
        }
        CompiledGatewayResponse response = phase.stage().gatewayResponses().get(refusal.type());
        CallFacts facts = facts(phase, refusal);
        Map.Entry<String, TextTemplate> template =
                select(response.templates(), facts.headers().last("Accept"));
        Headers.Builder headers = Headers.builder();
        for (ResponseMappings.Parameter parameter : response.headers()) {
            List<String> values = parameter.source().values(facts);
            if (!values.isEmpty()) {
                ClientHeaders.addToRefusal(parameter.name(), String.join(",", values), headers);
            }
        }
        headers.setIfAbsent("Content-Type", template.getKey()).set("x-amzn-ErrorType", refusal.errorType());
        byte[] body = body(refusal, response, template.getValue(), facts);
        GatewayResponse answer = GatewayResponse.of(
                response.status() == null ? refusal.status() : response.status(),
                ClientHeaders.identified(phase, headers).build(),
                body);
        executionLog.refused(phase, refusal, answer);
        accessLog.refused(phase, refusal, facts.context(), answer);
        log(phase, refusal);
        return answer;
    }

    private static byte[] body(
            Refusal refusal, CompiledGatewayResponse response, TextTemplate template, CallFacts facts) {
        if (!response.customised() && refusal.type() == ResponseType.DEFAULT_5XX) {
            return INTERNAL;
        }
        String text = response.customised() || refusal.messageKey().equals(Refusal.MESSAGE)
                ? template.render(facts)
                : Json.write(Collections.singletonMap(refusal.messageKey(), refusal.message()));
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** For when even wording fails: nothing of the definition is asked. */
    static GatewayResponse unworded(Phase phase) {
        Headers.Builder headers = Headers.builder()
                .add("Content-Type", JSON)
                .add("x-amzn-ErrorType", ResponseType.DEFAULT_5XX.errorType());
        return GatewayResponse.of(
                ResponseType.DEFAULT_5XX.status(),
                ClientHeaders.identified(phase, headers).build(),
                INTERNAL);
    }

    private static CallFacts facts(Phase phase, Refusal refusal) {
        CallContext context = phase.context()
                .withError(new CallContext.ErrorFacts(
                        refusal.message(), refusal.type().name(), refusal.validationError()));
        CallFacts facts = phase.facts();
        return new CallFacts(
                facts.path(), facts.query(), facts.headers(), facts.body(), context, facts.stageVariables(), null);
    }

    /** As for integration responses: the first accepted type, else JSON, else the first there is. */
    private static Map.Entry<String, TextTemplate> select(Map<String, TextTemplate> templates, String accept) {
        String wanted = accept == null ? JSON : MediaType.first(accept);
        String key = templates.containsKey(wanted)
                ? wanted
                : templates.containsKey(JSON)
                        ? JSON
                        : templates.keySet().iterator().next();
        return Map.entry(key, templates.get(key));
    }

    /** Why, for the owner; a caller's mistakes are nothing to wake anybody for. */
    private static void log(Phase phase, Refusal refusal) {
        if (refusal.status() >= 500) {
            LOG.warn("({}) {}", phase.context().call().requestId(), LogText.of(refusal.detail()));
        } else if (LOG.isDebugEnabled()) {
            LOG.debug("({}) {}", phase.context().call().requestId(), LogText.of(refusal.detail()));
        }
    }
}
