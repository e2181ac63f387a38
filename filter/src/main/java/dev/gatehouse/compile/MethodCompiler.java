package dev.gatehouse.compile;

import dev.gatehouse.dataplane.authorizer.Access;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration;
import dev.gatehouse.dataplane.snapshot.CompiledMethod;
import dev.gatehouse.dataplane.snapshot.Logging;
import dev.gatehouse.dataplane.snapshot.RequestValidation;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.EndpointConfiguration;
import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.Resource;
import dev.gatehouse.engine.limit.Limit;
import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.schema.ModelSchemas;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** One method of one resource. */
final class MethodCompiler {

    private final IntegrationCompiler integrations;
    private final AccessCompiler access;
    private final ValidationCompiler validations;

    MethodCompiler(IntegrationCompiler integrations, AccessCompiler access, ValidationCompiler validations) {
        this.integrations = integrations;
        this.access = access;
        this.validations = validations;
    }

    MethodCompiler with(ValidationCompiler other) {
        return new MethodCompiler(integrations, access, other);
    }

    /** Of an answer that streams (API Gateway developer guide, "response streaming"). */
    private static Duration longestSilence(ApiDefinition definition) {
        EndpointConfiguration endpoint = definition.restApi().endpointConfiguration();
        boolean edge = endpoint != null && endpoint.types().contains(EndpointType.EDGE);
        return edge ? Duration.ofSeconds(30) : Duration.ofMinutes(5);
    }

    /**
     * @param models of the API
     * @param resourcePolicy of the API; null where it has none
     * @param throttle of the stage for this method; null for none
     * @return empty where it cannot be compiled; the problems are noted at the place
     */
    Optional<CompiledMethod> compile(
            Resource resource,
            Method method,
            ApiDefinition definition,
            ModelSchemas models,
            Policy resourcePolicy,
            Limit throttle,
            Logging logging,
            Map<String, String> variables,
            Place place) {
        Unsupported.check(method, place);
        Access caller = access.compile(method, definition.authorizers(), variables, resourcePolicy, place);
        if (method.methodIntegration() == null) {
            place.problem("No integration defined for method");
            return Optional.empty();
        }
        RequestValidation validation = validations.compile(method, definition, models, place);
        String owner = definition.restApi().id() + " " + method.httpMethod() + " " + resource.path();
        CompiledIntegration integration = integrations.compile(
                method.methodIntegration(),
                owner,
                longestSilence(definition),
                variables,
                place.at("x-amazon-apigateway-integration"));
        return integration == null
                ? Optional.empty()
                : Optional.of(new CompiledMethod(
                        resource.id(),
                        resource.path(),
                        method.httpMethod(),
                        caller,
                        method.apiKeyRequired(),
                        throttle,
                        validation,
                        logging,
                        integration));
    }
}
