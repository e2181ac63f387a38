package dev.gatehouse;

import dev.gatehouse.configuration.EndpointRules;
import dev.gatehouse.dataplane.flow.RestApiFlow;
import dev.gatehouse.dataplane.snapshot.AddressTable;
import java.util.Set;

/**
 * Everything that one deployment of the configuration serves with, swapped as one.
 *
 * @param addresses where the stages are
 * @param flow what happens to a request
 * @param endpoints whom integrations may call
 * @param lambdaEndpoints {@link Endpoint}s that the configuration itself names, which need no further permission
 * @param passesUnmatched whether a request for no stage goes to the application
 */
record Serving(
        AddressTable addresses,
        RestApiFlow flow,
        EndpointRules endpoints,
        Set<Endpoint> lambdaEndpoints,
        boolean passesUnmatched) {}
