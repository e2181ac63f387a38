package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Answer;
import dev.gatehouse.dataplane.flow.Phase.Answered;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Application;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Http;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Lambda;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Mock;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Service;
import dev.gatehouse.dataplane.snapshot.ResponseMappings;
import dev.gatehouse.dataplane.snapshot.ResponseMappings.ResponseMapping;
import dev.gatehouse.engine.expression.CallFacts;
import dev.gatehouse.engine.expression.Overrides;
import dev.gatehouse.engine.json.JsonObject;
import dev.gatehouse.engine.json.JsonText;
import dev.gatehouse.engine.template.MappingTemplate;
import dev.gatehouse.engine.template.RequestParameters;
import dev.gatehouse.engine.template.TemplateCall;
import dev.gatehouse.engine.template.TemplateRenderException;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A backend's answer and the mapping that was selected for it.
 *
 * @param answered the call so far
 * @param mapping the integration response
 * @param headers of the backend
 * @param content the backend's body, text or bytes
 */
record IntegrationResponse(Answered answered, ResponseMapping mapping, Headers headers, Content content) {

    private static final JsonText NOT_TEXT = JsonText.of("");

    /** Selected by status. */
    static IntegrationResponse ofReply(Answered answered, CompiledIntegration integration, BackendReply reply) {
        ResponseMapping mapping = select(responses(integration), Integer.toString(reply.status()), reply.status());
        boolean binary = answered.stage()
                .binaryMediaTypes()
                .matchContentType(reply.headers().last("Content-Type"));
        boolean acceptsBinary = answered.stage()
                .binaryMediaTypes()
                .matchAccept(answered.arrived().headers().last("Accept"));
        Content content = Content.ofResponse(reply.body(), binary, acceptsBinary, mapping.contentHandling());
        return new IntegrationResponse(answered, mapping, reply.headers(), content);
    }

    /** Selected by the error message; a result without error selects as the empty text does. */
    static IntegrationResponse ofFunction(Answered answered, Lambda lambda, Answer.FunctionResult result) {
        String error = "";
        if (result.failed() && Content.text(result.payload()).json().tree() instanceof JsonObject object) {
            error = String.valueOf(object.getOrDefault("errorMessage", ""));
        }
        ResponseMapping mapping = select(lambda.responses(), error, 200);
        var binaryMediaTypes = answered.stage().binaryMediaTypes();
        Content content = Content.ofResult(
                result.payload(),
                binaryMediaTypes.matchContentType("application/json"),
                binaryMediaTypes.matchAccept(answered.arrived().headers().last("Accept")),
                mapping.contentHandling());
        return new IntegrationResponse(answered, mapping, Headers.EMPTY, content);
    }

    private static ResponseMappings responses(CompiledIntegration integration) {
        if (integration instanceof Mock mock) {
            return mock.responses();
        }
        if (integration instanceof Service service) {
            return service.responses();
        }
        return integration instanceof Http http ? http.responses() : ((Application) integration).responses();
    }

    private static ResponseMapping select(ResponseMappings responses, String text, int status) {
        return responses
                .select(text)
                .orElseThrow(
                        () -> new RefusedMapping(Refusal.configuration("Execution failed due to configuration error: No"
                                + " match for output mapping and no default output mapping configured. Endpoint Response Status Code: "
                                + status)));
    }

    /** @param trace {@code X-Amzn-Trace-Id}, or null where the answer has none */
    GatewayResponse toClient(String trace) {
        CallTrace watched = answered.arrived().watched();
        if (watched != null) {
            watched.selected(mapping);
        }
        CallFacts facts = answered.facts()
                .withReply(new CallFacts.Reply(headers, content instanceof Content.Text text ? text.json() : NOT_TEXT));
        // the body first: what its template overrides wins over the mapped headers
        byte[] body = body(facts);
        Headers.Builder mapped = Headers.builder();
        for (ResponseMappings.Parameter parameter : mapping.headers()) {
            List<String> values = parameter.source().values(facts);
            if (!values.isEmpty()) {
                ClientHeaders.addMapped(parameter.name(), String.join(",", values), mapped);
            }
        }
        Overrides overrides = facts.context().overrides();
        if (overrides.responseTouched() && overrides.response().get("header") instanceof Map<?, ?> map) {
            map.forEach((name, value) ->
                    ClientHeaders.addMapped(String.valueOf(name), BackendTarget.joined(value), mapped));
        }
        mapped.setIfAbsent("Content-Type", "application/json");
        if (trace != null) {
            mapped.set(BackendHeaders.TRACE_ID, trace);
        }
        return GatewayResponse.of(
                status(overrides), ClientHeaders.identified(answered, mapped).build(), body);
    }

    private byte[] body(CallFacts facts) {
        Optional<MappingTemplate> template =
                mapping.templates().forResponse(facts.headers().last("Accept"));
        if (template.isEmpty()) {
            return content.bytes();
        }
        if (!(content instanceof Content.Text text)) {
            throw new RefusedMapping(Refusal.internal("a template cannot read a binary response body"));
        }
        RequestParameters parameters =
                RequestParameters.of(facts.path(), facts.query().toMap(), facts.headers());
        try {
            String rendered = template.get()
                    .render(new TemplateCall(text.json(), parameters, facts.context(), facts.stageVariables()));
            watch(template.get(), text, rendered);
            return new Content.Text(JsonText.of(rendered)).bytes();
        } catch (TemplateRenderException e) {
            watch(template.get(), text, null);
            throw new RefusedMapping(Refusal.internal(
                    "Execution failed due to configuration error: Unable to transform response: " + e.getMessage()));
        }
    }

    private void watch(MappingTemplate template, Content.Text text, String rendered) {
        CallTrace watched = answered.arrived().watched();
        if (watched != null) {
            watched.rendered(template.name(), text.json().text(), rendered);
        }
    }

    /** An override counts if it is an integer that HTTP has (observed); but an interim status would never end the call. */
    private int status(Overrides overrides) {
        Object override = overrides.responseTouched() ? overrides.response().get("status") : null;
        if (!(override instanceof Integer status) || status < 100 || status > 599) {
            return mapping.status();
        }
        if (status < 200) {
            throw new RefusedMapping(Refusal.internal("Execution failed due to configuration error: status " + status
                    + " of responseOverride cannot end a call"));
        }
        return status;
    }
}
