package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Mapped;
import dev.gatehouse.dataplane.flow.Phase.Valid;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Application;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Http;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Lambda;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Mock;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Service;
import dev.gatehouse.dataplane.snapshot.RequestMapping;
import dev.gatehouse.engine.expression.CallFacts;
import dev.gatehouse.engine.expression.InvalidJsonBodyException;
import dev.gatehouse.engine.expression.UriTemplate;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.OptionalInt;

/** From the method request to the integration request: body first, then parameters, then what the template overrode. */
final class RequestMappingStep {

    private static final byte[] NO_BODY = new byte[0];

    Outcome<Mapped> apply(Valid valid) {
        try {
            return map(valid, valid.matched().method().integration());
        } catch (RefusedMapping e) {
            return Outcome.refused(e.refusal());
        } catch (InvalidJsonBodyException e) {
            return Outcome.refused(Refusal.badRequest("Invalid JSON in request body"));
        } catch (Content.NotBase64Exception e) {
            return Outcome.refused(Refusal.internal("the request payload is not base64"));
        }
    }

    private static Outcome<Mapped> map(Valid valid, CompiledIntegration integration) {
        if (integration instanceof Mock mock) {
            return mock(valid, mock);
        }
        if (integration instanceof Http http) {
            return Outcome.passed(http.proxy() ? httpProxy(valid, http) : httpCustom(valid, http));
        }
        if (integration instanceof Application application) {
            return Outcome.passed(application.proxy() ? stream(valid, application) : exchange(valid, application));
        }
        if (integration instanceof Lambda lambda) {
            return Outcome.passed(LambdaRequest.map(valid, lambda));
        }
        if (integration instanceof Service service) {
            return Outcome.passed(ServiceRequest.map(valid, service));
        }
        return Outcome.passed(new Mapped(valid, valid.facts(), new BackendCall.Untouched()));
    }

    private static Outcome<Mapped> mock(Valid valid, Mock mock) {
        RequestBody body = RequestBody.of(valid, mock.request());
        if (body.rendered() instanceof Content.Text text) {
            OptionalInt status = MockStatus.parse(text.json());
            if (status.isPresent()) {
                return Outcome.passed(new Mapped(valid, body.facts(), new BackendCall.Mock(status.getAsInt())));
            }
        }
        return Outcome.refused(Refusal.internal(
                "Unable to parse statusCode. It should be an integer that is defined in the" + " request template."));
    }

    private static Mapped httpCustom(Valid valid, Http http) {
        RequestBody body = RequestBody.of(valid, http.request());
        return new Mapped(
                valid,
                body.facts(),
                new BackendCall.Http(
                        custom(valid, http.request(), body, http.httpMethod(), http.uri(), http.timeout(), null),
                        http.profile(),
                        null));
    }

    private static Mapped exchange(Valid valid, Application application) {
        RequestBody body = RequestBody.of(valid, application.request());
        // the application answers under the name that the client called
        String host = valid.arrived().request().host();
        BackendRequest request = custom(
                valid,
                application.request(),
                body,
                application.httpMethod(),
                application.uri(),
                application.timeout(),
                host);
        return new Mapped(valid, body.facts(), new BackendCall.ApplicationExchange(request));
    }

    private static BackendRequest custom(
            Valid valid,
            RequestMapping mapping,
            RequestBody body,
            String httpMethod,
            UriTemplate uri,
            Duration timeout,
            String host) {
        CallFacts facts = body.facts();
        String verb = verb(valid, httpMethod);
        Headers headers = BackendHeaders.custom(valid, mapping, facts, BackendHeaders.Kind.HTTP);
        BackendTarget target = BackendTarget.expand(uri, mapping, facts).withQuery(mapping, facts);
        return new BackendRequest(
                verb,
                endpoint(target.text()),
                host == null || headers.contains("Host") ? headers : headers.with("Host", host),
                bodiless(verb) ? NO_BODY : body.rendered().bytes(),
                timeout);
    }

    private static Mapped httpProxy(Valid valid, Http http) {
        RequestBody body = RequestBody.passing(valid);
        String verb = verb(valid, http.httpMethod());
        Headers headers = BackendHeaders.proxy(valid, http.request(), body.facts());
        BackendTarget target = BackendTarget.expand(http.uri(), http.request(), body.facts())
                .withClientQuery(valid.arrived().query())
                .withMappedQuery(http.request(), body.facts());
        BackendRequest request = new BackendRequest(
                verb,
                endpoint(target.text()),
                headers,
                bodiless(verb) ? NO_BODY : body.rendered().bytes(),
                http.timeout());
        return new Mapped(valid, body.facts(), new BackendCall.Http(request, http.profile(), http.idle()));
    }

    private static Mapped stream(Valid valid, Application application) {
        CallFacts facts = valid.facts();
        byte[] taken = valid.received().body();
        Headers headers = BackendHeaders.application(valid, application.request(), facts);
        byte[] raw = valid.received().admitted().authorized().raw();
        if (raw == null && taken.length > 0) {
            // the coding was undone while the body was taken in
            headers = headers.toBuilder().remove("Content-Encoding").build();
        }
        BackendTarget target = BackendTarget.expand(application.uri(), application.request(), facts)
                .withRawClientQuery(valid.arrived().request().query())
                .withMappedQuery(application.request(), facts);
        BackendRequest request = new BackendRequest(
                verb(valid, application.httpMethod()),
                endpoint(target.text()),
                headers,
                raw == null ? taken : raw,
                application.timeout());
        return new Mapped(valid, facts, new BackendCall.ApplicationStream(request));
    }

    static String verb(Valid valid, String configured) {
        return configured == null ? valid.arrived().request().method() : configured;
    }

    /** Verbs whose integration request has no body (observed). */
    static boolean bodiless(String verb) {
        return verb.equals("GET") || verb.equals("HEAD") || verb.equals("OPTIONS");
    }

    static URI endpoint(String text) {
        try {
            URI uri = new URI(text);
            boolean callable = "servlet".equals(uri.getScheme()) || uri.getHost() != null;
            if (callable) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // answered below: to the caller both are the same
        }
        throw new RefusedMapping(
                Refusal.configuration("Execution failed due to configuration error: Invalid endpoint address"));
    }
}
