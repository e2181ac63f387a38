package dev.gatehouse;

import dev.gatehouse.compile.StageCompiler;
import dev.gatehouse.configuration.ControlPlaneConfiguration;
import dev.gatehouse.configuration.EndpointRules;
import dev.gatehouse.configuration.Networks;
import dev.gatehouse.controlplane.control.Declarations;
import dev.gatehouse.dataplane.flow.RestApiFlow;
import dev.gatehouse.dataplane.snapshot.AddressTable;
import dev.gatehouse.dataplane.snapshot.AddressTable.Binding;
import dev.gatehouse.dataplane.snapshot.AddressTable.Domain;
import dev.gatehouse.engine.identity.IdentitySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Everything that one deployment of the configuration serves with, swapped as one.
 *
 * @param addresses where the stages are
 * @param flow what happens to a request
 * @param endpoints whom integrations may call
 * @param namedEndpoints {@link Endpoint}s that the configuration itself names, functions' and services', which need no further permission
 * @param passesUnmatched whether a request for no stage goes to the application
 * @param compilers compile stages for this flow, by region
 * @param identities who may sign
 * @param hasIdentities whether anybody of the configuration or the application can be among them
 * @param users names of the users that the configuration has in the account of the gateway, in small letters
 * @param controlPlane null where the configuration has none
 * @param accountId owner of all APIs
 * @param region in ARNs
 * @param declared what the configuration declares: what has the same ids in the store of the control plane is not served
 * @param leadsTo whether the configuration says where a VPC link to a target ARN leads
 */
record Serving(
        AddressTable addresses,
        RestApiFlow flow,
        EndpointRules endpoints,
        Set<Endpoint> namedEndpoints,
        boolean passesUnmatched,
        Function<String, StageCompiler> compilers,
        IdentitySource identities,
        boolean hasIdentities,
        Set<String> users,
        ControlPlaneConfiguration controlPlane,
        String accountId,
        String region,
        Declarations declared,
        Predicate<String> leadsTo) {

    /** The same with stages before it that the control plane keeps, and custom domain names that lead to any of them. */
    Serving and(List<Binding> controlled, List<Domain> domains) {
        if (controlled.isEmpty() && domains.isEmpty()) {
            return this;
        }
        Set<String> own = declared.apis().stream()
                .map(one -> one.definition().restApi().id())
                .collect(Collectors.toSet());
        List<Binding> all = new ArrayList<>();
        controlled.stream()
                .filter(binding -> !own.contains(binding.stage().apiId()))
                .forEach(all::add);
        all.addAll(addresses.bindings());
        return new Serving(
                AddressTable.of(all, domains),
                flow,
                endpoints,
                namedEndpoints,
                passesUnmatched,
                compilers,
                identities,
                hasIdentities,
                users,
                controlPlane,
                accountId,
                region,
                declared,
                leadsTo);
    }

    /** From which the control plane takes calls. */
    Networks networks() {
        return (controlPlane == null ? ControlPlaneConfiguration.DEFAULTS : controlPlane).networks();
    }

    /** @return whether a control plane that runs with this configuration can go on with the other one */
    boolean hasControlPlaneOf(ControlPlaneConfiguration other) {
        return controlPlane == null ? other == null : controlPlane.hasStoreOf(other);
    }
}
