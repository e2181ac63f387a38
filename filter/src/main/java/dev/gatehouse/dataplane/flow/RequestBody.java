package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Valid;
import dev.gatehouse.dataplane.snapshot.ContentHandling;
import dev.gatehouse.dataplane.snapshot.RequestMapping;
import dev.gatehouse.dataplane.snapshot.ResponseType;
import dev.gatehouse.engine.expression.CallFacts;
import dev.gatehouse.engine.json.JsonText;
import dev.gatehouse.engine.template.MappingTemplate;
import dev.gatehouse.engine.template.RequestParameters;
import dev.gatehouse.engine.template.TemplateCall;
import dev.gatehouse.engine.template.TemplateRenderException;
import java.util.Optional;

/**
 * A request's body on its way to the backend.
 *
 * @param facts with the body as the method request has it
 * @param rendered what the backend gets
 */
record RequestBody(CallFacts facts, Content rendered) {

    private static final JsonText NOT_TEXT = JsonText.of("");

    /** Template, or pass-through, or 415; decided in this order before the body is looked at. */
    static RequestBody of(Valid valid, RequestMapping mapping) {
        String contentType = valid.arrived().headers().last("Content-Type");
        Optional<MappingTemplate> template = mapping.templates().forRequest(contentType);
        if (template == null && !passes(mapping)) {
            throw new RefusedMapping(Refusal.typed(
                    ResponseType.UNSUPPORTED_MEDIA_TYPE, "Unsupported Media Type", "no template for " + contentType));
        }
        Content received = received(valid, mapping, contentType);
        CallFacts facts = facts(valid, received);
        if (template == null || template.isEmpty()) {
            return new RequestBody(facts, received);
        }
        if (!(received instanceof Content.Text)) {
            throw new RefusedMapping(Refusal.internal("a template cannot read a binary request body"));
        }
        return new RequestBody(
                facts,
                new Content.Text(JsonText.of(
                        render(template.get(), facts, valid.arrived().watched()))));
    }

    /** For proxies: no template, no {@code contentHandling}. */
    static RequestBody passing(Valid valid) {
        String contentType = valid.arrived().headers().last("Content-Type");
        Content received = received(valid, RequestMapping.NONE, contentType);
        return new RequestBody(facts(valid, received), received);
    }

    private static boolean passes(RequestMapping mapping) {
        return switch (mapping.passthrough()) {
            case WHEN_NO_MATCH -> true;
            case WHEN_NO_TEMPLATES -> mapping.templates().isEmpty();
            case NEVER -> false;
        };
    }

    private static Content received(Valid valid, RequestMapping mapping, String contentType) {
        boolean binary = valid.stage().binaryMediaTypes().matchContentType(contentType);
        if (valid.checked() != null && !binary && mapping.contentHandling() != ContentHandling.CONVERT_TO_BINARY) {
            return new Content.Text(valid.checked());
        }
        return Content.ofRequest(valid.received().body(), binary, mapping.contentHandling());
    }

    private static CallFacts facts(Valid valid, Content received) {
        JsonText text = received instanceof Content.Text known ? known.json() : NOT_TEXT;
        CallFacts facts = valid.facts();
        return new CallFacts(
                facts.path(), facts.query(), facts.headers(), text, facts.context(), facts.stageVariables(), null);
    }

    /** @param watched null for a call that nobody traces */
    private static String render(MappingTemplate template, CallFacts facts, CallTrace watched) {
        RequestParameters parameters =
                RequestParameters.of(facts.path(), facts.query().toMap(), facts.headers());
        try {
            String rendered = template.render(
                    new TemplateCall(facts.body(), parameters, facts.context(), facts.stageVariables()));
            if (watched != null) {
                watched.rendered(template.name(), facts.body().text(), rendered);
            }
            return rendered;
        } catch (TemplateRenderException e) {
            if (watched != null) {
                watched.rendered(template.name(), facts.body().text(), null);
            }
            throw new RefusedMapping(Refusal.internal(
                    "Execution failed due to configuration error: Unable to transform request: " + e.getMessage()));
        }
    }
}
