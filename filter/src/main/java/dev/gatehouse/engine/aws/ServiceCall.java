package dev.gatehouse.engine.aws;

import dev.gatehouse.http.BackendRequest;

/**
 * A call to a service, complete but for its signature.
 *
 * @param request whose timeout includes whatever it takes to get credentials
 * @param endpoint what it is signed for
 * @param roleArn in whose name
 */
public record ServiceCall(BackendRequest request, ServiceEndpoint endpoint, String roleArn) {}
