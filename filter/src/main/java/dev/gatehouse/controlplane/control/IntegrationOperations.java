package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.definition.ConnectionType;
import dev.gatehouse.definition.ContentHandlingStrategy;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.IntegrationType;
import dev.gatehouse.definition.ResponseTransferMode;
import dev.gatehouse.definition.TlsConfig;
import java.util.List;

/** Operations on what is behind a method. */
final class IntegrationOperations {

    static final String UNKNOWN = "Invalid Integration identifier specified";
    static final String PATH = Methods.PATH + "/integration";

    static final List<Operation> ALL = List.of(
            Operation.of("PutIntegration", "PUT", PATH, 201, IntegrationOperations::put),
            Operation.of("GetIntegration", "GET", PATH, 200, IntegrationOperations::get),
            Operation.of("UpdateIntegration", "PATCH", PATH, 200, IntegrationOperations::update),
            Operation.of("DeleteIntegration", "DELETE", PATH, 204, IntegrationOperations::delete));

    private IntegrationOperations() {}

    private static Answer put(Call call) {
        Members body = call.body("putIntegrationInput");
        Integration.Draft draft = Integration.draft();
        draft.type = body.requiredEnumeration("type", IntegrationType.class);
        draft.httpMethod = body.string("httpMethod");
        draft.uri = body.string("uri");
        draft.connectionType = body.enumeration("connectionType", ConnectionType.class);
        draft.connectionId = body.string("connectionId");
        draft.credentials = body.string("credentials");
        draft.requestParameters = body.stringMap("requestParameters");
        draft.requestTemplates = body.stringMap("requestTemplates");
        String passthrough = body.string("passthroughBehavior");
        draft.cacheNamespace = body.string("cacheNamespace");
        draft.cacheKeyParameters = body.strings("cacheKeyParameters");
        draft.contentHandling = body.enumeration("contentHandling", ContentHandlingStrategy.class);
        Integer timeout = body.integer("timeoutInMillis");
        Members tls = body.object("tlsConfig");
        draft.tlsConfig = tls == null ? null : new TlsConfig(tls.flag("insecureSkipVerification"));
        draft.responseTransferMode = body.enumeration("responseTransferMode", ResponseTransferMode.class);
        draft.integrationTarget = body.string("integrationTarget");
        Integration created = call.write(writing -> {
            Methods place = Methods.get(writing, call);
            if (passthrough != null) {
                draft.passthroughBehavior = IntegrationRules.passthrough(passthrough);
            }
            if (timeout != null) {
                draft.timeoutInMillis = timeout;
            }
            if (draft.cacheNamespace == null) {
                draft.cacheNamespace = place.resource().id();
            }
            Integration integration = IntegrationRules.checked(draft.build(), place.api());
            place.put(writing, integration);
            return integration;
        });
        return Answer.json(Documents.wire(created));
    }

    private static Answer get(Call call) {
        return Answer.json(Documents.wire(call.<Integration>read(reading -> integration(reading, call))));
    }

    private static Integration integration(Reading reading, Call call) {
        return Methods.get(reading, call).integration();
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations = call.body("updateIntegrationInput").patchOperations();
        Integration updated = call.write(writing -> {
            Methods place = Methods.get(writing, call);
            Integration integration = IntegrationRules.checked(
                    IntegrationRules.PATCH.apply(place.integration(), operations), place.api());
            place.put(writing, integration);
            return integration;
        });
        return Answer.json(Documents.wire(updated));
    }

    private static Answer delete(Call call) {
        call.write(writing -> {
            Methods place = Methods.get(writing, call);
            place.integration();
            place.put(writing, (Integration) null);
            return place;
        });
        return Answer.NOTHING;
    }
}
