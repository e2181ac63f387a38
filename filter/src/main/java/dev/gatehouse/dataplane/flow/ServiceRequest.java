package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Mapped;
import dev.gatehouse.dataplane.flow.Phase.Valid;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Service;
import dev.gatehouse.dataplane.snapshot.ResponseType;
import dev.gatehouse.engine.aws.Actions;
import dev.gatehouse.engine.aws.JsonProtocol;
import dev.gatehouse.engine.aws.ServiceCall;
import dev.gatehouse.engine.aws.ServiceUri;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import java.util.Optional;

/** From a method request to a call of an AWS service. */
final class ServiceRequest {

    private static final byte[] NO_BODY = new byte[0];

    private ServiceRequest() {}

    static Mapped map(Valid valid, Service service) {
        RequestBody body = RequestBody.of(valid, service.request());
        Headers headers = BackendHeaders.custom(
                valid, service.request(), body.facts(), BackendHeaders.Kind.SERVICE, protocol(service.service()));
        BackendTarget target = BackendTarget.expand(service.uri(), service.request(), body.facts())
                .withQuery(service.request(), body.facts());
        String verb = RequestMappingStep.verb(valid, service.httpMethod());
        BackendRequest request = new BackendRequest(
                verb,
                RequestMappingStep.endpoint(target.text()),
                headers,
                RequestMappingStep.bodiless(verb) ? NO_BODY : body.rendered().bytes(),
                service.timeout());
        requireDeclaredAction(request, service.service().action());
        return new Mapped(
                valid,
                body.facts(),
                new BackendCall.Service(new ServiceCall(request, service.endpoint(), service.roleArn())));
    }

    private static Headers protocol(ServiceUri service) {
        Optional<JsonProtocol> json = service.action() == null ? Optional.empty() : JsonProtocol.of(service.service());
        return json.map(known ->
                        Headers.of("Content-Type", known.contentType(), "X-Amz-Target", known.target(service.action())))
                .orElse(Headers.EMPTY);
    }

    /** What a caller sent must not make the gateway's role do something else than the definition says. */
    private static void requireDeclaredAction(BackendRequest request, String declared) {
        String contradiction = Actions.contradiction(request, declared);
        if (contradiction != null) {
            throw new RefusedMapping(Refusal.typed(
                    ResponseType.DEFAULT_4XX,
                    "Bad Request",
                    "Execution failed due to configuration error: " + contradiction));
        }
    }
}
