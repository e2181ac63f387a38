package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.ContentHandlingStrategy;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.IntegrationResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Operations on what becomes of a backend's answers. */
final class IntegrationResponseOperations {

    /** Ours: nobody needs more, and a pattern is compiled by recursion. */
    private static final int LONGEST_PATTERN = 1024;

    private static final String PATH = IntegrationOperations.PATH + "/responses/{status_code}";

    static final List<Operation> ALL = List.of(
            Operation.of("PutIntegrationResponse", "PUT", PATH, 201, IntegrationResponseOperations::put),
            Operation.of("GetIntegrationResponse", "GET", PATH, 200, IntegrationResponseOperations::get),
            Operation.of("UpdateIntegrationResponse", "PATCH", PATH, 200, IntegrationResponseOperations::update),
            Operation.of("DeleteIntegrationResponse", "DELETE", PATH, 204, IntegrationResponseOperations::delete));

    private static final Patch<IntegrationResponse> PATCH = Patch.<IntegrationResponse>of(Patch.PLAIN)
            .on(
                    "replace",
                    "/selectionPattern",
                    (response, op) -> new IntegrationResponse(
                            response.statusCode(),
                            op.value(),
                            response.responseParameters(),
                            response.responseTemplates(),
                            response.contentHandling()))
            .on(
                    "replace",
                    "/contentHandling",
                    (response, op) -> new IntegrationResponse(
                            response.statusCode(),
                            response.selectionPattern(),
                            response.responseParameters(),
                            response.responseTemplates(),
                            IntegrationRules.constant(
                                    ContentHandlingStrategy.class, op.valueOrNull(), "contentHandling")))
            .on(
                    "add replace remove",
                    "/responseParameters/*",
                    (response, op) -> new IntegrationResponse(
                            response.statusCode(),
                            response.selectionPattern(),
                            Maps.patched(
                                    response.responseParameters(), op, op.value(), MethodOperations.UNKNOWN_PARAMETER),
                            response.responseTemplates(),
                            response.contentHandling()))
            .on(
                    "add replace remove",
                    "/responseTemplates/*",
                    (response, op) -> new IntegrationResponse(
                            response.statusCode(),
                            response.selectionPattern(),
                            response.responseParameters(),
                            Maps.patched(
                                    response.responseTemplates(),
                                    op,
                                    op.valueOrNull(),
                                    MethodOperations.UNKNOWN_CONTENT_TYPE),
                            response.contentHandling()));

    private IntegrationResponseOperations() {}

    private static Answer put(Call call) {
        Members body = call.body("putIntegrationResponseInput");
        String pattern = body.string("selectionPattern");
        Map<String, String> parameters = body.stringMap("responseParameters");
        Map<String, String> templates = nullForEmpty(body.stringMap("responseTemplates"));
        ContentHandlingStrategy handling = body.enumeration("contentHandling", ContentHandlingStrategy.class);
        String code = call.statusCode();
        IntegrationResponse created = call.write(writing -> {
            Methods place = Methods.get(writing, call);
            place.integration();
            if (!place.method().methodResponses().containsKey(code)) {
                throw ControlError.notFound(MethodResponseOperations.UNKNOWN);
            }
            IntegrationResponse response =
                    checked(new IntegrationResponse(code, pattern, parameters, templates, handling));
            put(place, response, writing);
            return response;
        });
        return Answer.json(Documents.wire(created));
    }

    /** An empty template is kept as null, and shown so (recorded). */
    private static Map<String, String> nullForEmpty(Map<String, String> templates) {
        if (templates == null) {
            return null;
        }
        Map<String, String> kept = new LinkedHashMap<>();
        templates.forEach((type, template) -> kept.put(type, "".equals(template) ? null : template));
        return kept;
    }

    private static Answer get(Call call) {
        String code = call.statusCode();
        IntegrationResponse response =
                call.read(reading -> one(Methods.get(reading, call).integration(), code));
        return Answer.json(Documents.wire(response));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations =
                call.body("updateIntegrationResponseInput").patchOperations();
        String code = call.statusCode();
        IntegrationResponse updated = call.write(writing -> {
            Methods place = Methods.get(writing, call);
            IntegrationResponse response = checked(PATCH.apply(one(place.integration(), code), operations));
            put(place, response, writing);
            return response;
        });
        return Answer.json(Documents.wire(updated));
    }

    /** Where there is no method this tells of the integration, and of nothing else (recorded). */
    private static Answer delete(Call call) {
        String code = call.statusCode();
        call.write(writing -> {
            Methods place = Methods.place(writing, call);
            Integration integration = place.integration();
            one(integration, code);
            place.put(
                    writing,
                    integration.with(
                            draft -> draft.integrationResponses = Maps.without(draft.integrationResponses, code)));
            return code;
        });
        return Answer.NOTHING;
    }

    private static IntegrationResponse one(Integration integration, String code) {
        IntegrationResponse response = integration.integrationResponses().get(code);
        if (response == null) {
            throw ControlError.notFound(MethodResponseOperations.UNKNOWN);
        }
        return response;
    }

    private static IntegrationResponse checked(IntegrationResponse response) {
        IntegrationRules.checkContentTypes(response.responseTemplates().keySet());
        Methods.checkResponseParameters(response.responseParameters().keySet());
        if (response.selectionPattern() != null) {
            if (response.selectionPattern().length() > LONGEST_PATTERN) {
                throw ControlError.badRequest(
                        "Invalid selection pattern specified: it has more than " + LONGEST_PATTERN + " characters");
            }
            try {
                Pattern.compile(response.selectionPattern());
            } catch (PatternSyntaxException e) {
                throw ControlError.badRequest("Invalid selection pattern specified: " + e.getDescription());
            }
        }
        return response;
    }

    private static void put(Methods place, IntegrationResponse response, Writing writing) {
        place.put(
                writing,
                place.integration()
                        .with(draft -> draft.integrationResponses =
                                Maps.with(draft.integrationResponses, response.statusCode(), response)));
    }
}
