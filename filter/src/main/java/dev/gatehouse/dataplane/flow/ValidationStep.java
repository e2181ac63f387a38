package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Matched;
import dev.gatehouse.dataplane.flow.Phase.Received;
import dev.gatehouse.dataplane.flow.Phase.Valid;
import dev.gatehouse.dataplane.snapshot.CompiledMethod.RequiredParameter;
import dev.gatehouse.dataplane.snapshot.ResponseType;
import java.util.ArrayList;
import java.util.List;

/** Whether the parameters are there that the method requires: present and not blank. */
final class ValidationStep {

    Outcome<Valid> check(Received received) {
        List<RequiredParameter> required = received.matched().method().requiredParameters();
        List<String> missing = new ArrayList<>(0);
        for (RequiredParameter parameter : required) {
            String value = value(received.matched(), parameter);
            if (value == null || value.isBlank()) {
                missing.add(parameter.name());
            }
        }
        return missing.isEmpty()
                ? Outcome.passed(new Valid(received))
                : Outcome.refused(Refusal.of(
                        ResponseType.BAD_REQUEST_PARAMETERS, "Missing required request parameters: " + missing));
    }

    private static String value(Matched matched, RequiredParameter parameter) {
        return switch (parameter.location()) {
            case HEADER -> matched.arrived().headers().lastExact(parameter.name());
            case PATH -> matched.pathParameters().get(parameter.name());
            case QUERYSTRING -> matched.arrived().query().last(parameter.name());
        };
    }
}
