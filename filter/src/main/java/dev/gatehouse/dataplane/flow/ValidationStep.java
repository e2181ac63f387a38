package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Matched;
import dev.gatehouse.dataplane.flow.Phase.Received;
import dev.gatehouse.dataplane.flow.Phase.Valid;
import dev.gatehouse.dataplane.snapshot.BodyModels;
import dev.gatehouse.dataplane.snapshot.RequestValidation;
import dev.gatehouse.dataplane.snapshot.RequestValidation.RequiredParameter;
import dev.gatehouse.dataplane.snapshot.ResponseType;
import dev.gatehouse.engine.json.JsonText;
import dev.gatehouse.engine.schema.JsonSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a request is as the method wants it: first the required parameters, present and not blank; only if they are there the
 * body, against the model of its content type (recorded).
 */
final class ValidationStep {

    /** What a request without body counts as (observed). */
    private static final JsonText NO_BODY = JsonText.of("{}");

    Outcome<Valid> check(Received received) {
        RequestValidation wanted = received.matched().method().validation();
        List<String> missing = missing(received.matched(), wanted.requiredParameters());
        if (!missing.isEmpty()) {
            return Outcome.refused(
                    Refusal.of(ResponseType.BAD_REQUEST_PARAMETERS, "Missing required request parameters: " + missing));
        }
        return wanted.models().isEmpty()
                ? Outcome.passed(new Valid(received, null))
                : checkBody(received, wanted.models());
    }

    private static List<String> missing(Matched matched, List<RequiredParameter> required) {
        List<String> missing = new ArrayList<>(0);
        for (RequiredParameter parameter : required) {
            String value = value(matched, parameter);
            if (value == null || value.isBlank()) {
                missing.add(parameter.name());
            }
        }
        return missing;
    }

    private static String value(Matched matched, RequiredParameter parameter) {
        return switch (parameter.location()) {
            case HEADER -> matched.arrived().headers().lastExact(parameter.name());
            case PATH -> matched.pathParameters().get(parameter.name());
            case QUERYSTRING -> matched.arrived().query().last(parameter.name());
        };
    }

    private static Outcome<Valid> checkBody(Received received, BodyModels models) {
        String mediaType = BodyModels.mediaType(received.arrived().headers().last("Content-Type"));
        JsonSchema schema = models.select(mediaType);
        if (schema == null) {
            return models.exclusive()
                    ? Outcome.refused(Refusal.typed(
                            ResponseType.UNSUPPORTED_MEDIA_TYPE,
                            "Unsupported Media Type",
                            "no model for content type " + mediaType))
                    : Outcome.passed(new Valid(received, null));
        }
        JsonText text = JsonText.of(new String(received.body(), StandardCharsets.UTF_8));
        List<String> violations = violations(text.text().isEmpty() ? NO_BODY.tree() : text.tree(), text, schema);
        return violations.isEmpty()
                ? Outcome.passed(new Valid(received, text))
                : Outcome.refused(Refusal.invalidBody(mediaType, violations));
    }

    /** What has two readings is refused: the backend may take the other one. */
    private static List<String> violations(Object tree, JsonText text, JsonSchema schema) {
        if (!text.text().isEmpty() && !text.isJson()) {
            return List.of("Unknown error parsing request body");
        }
        return text.repeatsNames() ? List.of("a member of an object is there twice") : schema.violations(tree);
    }
}
