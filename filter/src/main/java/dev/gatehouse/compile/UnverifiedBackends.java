package dev.gatehouse.compile;

import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Backends that anybody could pretend to be: an owner should hear of them at each deployment. */
public final class UnverifiedBackends {

    private UnverifiedBackends() {}

    /** @return a sentence for a log; empty where there is nothing to tell */
    public static Optional<String> sentence(ApiDefinition definition) {
        List<String> methods = new ArrayList<>();
        for (Resource resource : definition.resources()) {
            resource.resourceMethods().forEach((verb, method) -> {
                Integration integration = method.methodIntegration();
                if (integration != null
                        && integration.tlsConfig() != null
                        && integration.tlsConfig().insecureSkipVerification()) {
                    methods.add(verb + " " + resource.path() + " (" + integration.uri() + ")");
                }
            });
        }
        return methods.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "tlsConfig.insecureSkipVerification: whoever has a certificate that signed itself can pretend"
                                + " to be the backend of " + String.join(", ", methods));
    }
}
