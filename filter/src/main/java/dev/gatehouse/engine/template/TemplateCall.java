package dev.gatehouse.engine.template;

import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.json.JsonText;
import java.util.Map;
import java.util.Objects;

/**
 * What one rendering is about. Nothing may be null.
 *
 * @param body what {@code $input} speaks of: the method request's body, or the integration response's; empty text counts as
 *     <code>{}</code>
 * @param parameters of the method request, also while a response is mapped
 * @param context {@code $context}; what the template sets goes to {@link CallContext#overrides}
 * @param stageVariables {@code $stageVariables}
 */
public record TemplateCall(
        JsonText body, RequestParameters parameters, CallContext context, Map<String, String> stageVariables) {

    public TemplateCall {
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(stageVariables, "stageVariables");
    }
}
