package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.authorizer.Access;
import dev.gatehouse.dataplane.authorizer.Unmatched;
import dev.gatehouse.dataplane.flow.Phase.Arrived;
import dev.gatehouse.dataplane.flow.Phase.Matched;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration;
import dev.gatehouse.dataplane.snapshot.CompiledMethod;
import dev.gatehouse.dataplane.snapshot.Logging;
import dev.gatehouse.dataplane.snapshot.RequestValidation;
import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.routing.RouteTable.Match;
import java.util.Map;
import java.util.Optional;

/** Which resource and method is meant. Amazon never says 404 or 405: what it does not know needs a token nobody has. */
final class RouteStep {

    private static final CompiledMethod UNMATCHED = new CompiledMethod(
            "",
            "",
            "ANY",
            Access.OPEN,
            false,
            null,
            RequestValidation.NONE,
            Logging.OFF,
            new CompiledIntegration.Unmatched());

    Outcome<Matched> match(Arrived arrived) {
        Optional<Match<CompiledMethod>> match =
                arrived.stage().routes().match(arrived.request().method(), arrived.routedPath());
        if (match.isPresent()) {
            return Outcome.passed(
                    matched(arrived, match.get().value(), match.get().pathParameters()));
        }
        return arrived.stage().passesUnmatched()
                ? Outcome.passed(matched(arrived, UNMATCHED, Map.of()))
                : Outcome.refused(Refusal.of(Unmatched.denial(arrived.request())));
    }

    /** The method of a resource, as a test invocation names it; a path that is not the resource's has no parameters. */
    Matched addressed(Arrived arrived, String resourcePath) {
        var routes = arrived.stage().routes();
        String verb = arrived.request().method();
        // a template matches itself
        CompiledMethod method = routes.match(verb, resourcePath)
                .orElseThrow(() -> new IllegalArgumentException("no " + verb + " at " + resourcePath))
                .value();
        Map<String, String> pathParameters = routes.match(verb, arrived.routedPath())
                .map(Match::pathParameters)
                .orElse(Map.of());
        return matched(arrived, method, pathParameters);
    }

    private static Matched matched(Arrived arrived, CompiledMethod method, Map<String, String> pathParameters) {
        CallContext context =
                arrived.context().withResource(new CallContext.Resource(method.resourceId(), method.resourcePath()));
        return new Matched(arrived, method, pathParameters, context, null);
    }
}
