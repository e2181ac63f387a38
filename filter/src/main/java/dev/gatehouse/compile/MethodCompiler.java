package dev.gatehouse.compile;

import dev.gatehouse.dataplane.authorizer.Access;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration;
import dev.gatehouse.dataplane.snapshot.CompiledMethod;
import dev.gatehouse.dataplane.snapshot.CompiledMethod.Location;
import dev.gatehouse.dataplane.snapshot.CompiledMethod.RequiredParameter;
import dev.gatehouse.dataplane.snapshot.Logging;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.RequestValidator;
import dev.gatehouse.definition.Resource;
import dev.gatehouse.engine.policy.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One method of one resource. */
final class MethodCompiler {

    private static final String PREFIX = "method.request.";

    private final IntegrationCompiler integrations;
    private final AccessCompiler access;

    MethodCompiler(IntegrationCompiler integrations, AccessCompiler access) {
        this.integrations = integrations;
        this.access = access;
    }

    /**
     * @param resourcePolicy of the API; null where it has none
     * @return empty where it cannot be compiled; the problems are noted at the place
     */
    Optional<CompiledMethod> compile(
            Resource resource,
            Method method,
            ApiDefinition definition,
            Policy resourcePolicy,
            Logging logging,
            Map<String, String> variables,
            Place place) {
        Unsupported.check(method, place);
        Access caller = access.compile(method, definition.authorizers(), variables, resourcePolicy, place);
        if (method.methodIntegration() == null) {
            place.problem("No integration defined for method");
            return Optional.empty();
        }
        List<RequiredParameter> required = required(method, definition, place);
        CompiledIntegration integration = integrations.compile(
                method.methodIntegration(), variables, place.at("x-amazon-apigateway-integration"));
        return integration == null
                ? Optional.empty()
                : Optional.of(new CompiledMethod(
                        resource.id(), resource.path(), method.httpMethod(), caller, required, logging, integration));
    }

    private static List<RequiredParameter> required(Method method, ApiDefinition definition, Place place) {
        Optional<RequestValidator> validator = definition.requestValidators().stream()
                .filter(known -> known.id().equals(method.requestValidatorId()))
                .findFirst();
        if (method.requestValidatorId() != null && validator.isEmpty()) {
            place.problem("the request validator of this method does not exist");
        }
        if (validator.isPresent()
                && validator.get().validateRequestBody()
                && !method.requestModels().isEmpty()) {
            place.at("x-amazon-apigateway-request-validator")
                    .problem(
                            "validateRequestBody is not supported by this version of Gatehouse, so the method is refused"
                                    + " rather than left unchecked");
        }
        List<RequiredParameter> required = new ArrayList<>();
        method.requestParameters()
                .forEach((name, isRequired) ->
                        parameter(name, place).filter(parameter -> isRequired).ifPresent(required::add));
        required.sort(Comparator.comparing(RequiredParameter::location).thenComparing(RequiredParameter::name));
        return validator.isPresent() && validator.get().validateRequestParameters() ? List.copyOf(required) : List.of();
    }

    private static Optional<RequiredParameter> parameter(String name, Place place) {
        String rest = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
        int dot = rest.indexOf('.');
        String parameter = rest.substring(dot + 1);
        switch (dot < 0 ? "" : rest.substring(0, dot)) {
            case "header":
                return Optional.of(new RequiredParameter(Location.HEADER, parameter));
            case "path":
                return Optional.of(new RequiredParameter(Location.PATH, parameter));
            case "querystring":
                return Optional.of(new RequiredParameter(Location.QUERYSTRING, parameter));
            case "multivalueheader", "multivaluequerystring":
                // may be declared, is never required (own decision: Amazon's behaviour is not known)
                return Optional.empty();
            default:
                place.problem("'" + name + "' is not a request parameter; expected method.request."
                        + "{path|querystring|header|multivaluequerystring|multivalueheader}.name");
                return Optional.empty();
        }
    }
}
