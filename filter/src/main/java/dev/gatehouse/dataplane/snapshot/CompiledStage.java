package dev.gatehouse.dataplane.snapshot;

import dev.gatehouse.dataplane.observe.AccessLog;
import dev.gatehouse.engine.routing.RouteTable;
import java.util.Map;

/**
 * A deployment behind a stage, ready to serve. Immutable; a request keeps the one it began with.
 *
 * @param arn what policies call the stage, such as {@code arn:aws:execute-api:us-east-1:123456789012:a1b2c3/prod}
 * @param accountId owner of the API
 * @param apiId id of the API
 * @param apiName name of the API, for people
 * @param stageName name of the stage
 * @param deploymentId the deployment this was compiled from
 * @param variables stage variables
 * @param routes resources and methods
 * @param gatewayResponses one for each {@link ResponseType}
 * @param apiKeyFromAuthorizer whether an authorizer names the API key, instead of the header {@code x-api-key}
 * @param binaryMediaTypes which payloads are bytes, not text
 * @param canary a second face of the stage for a share of the calls; null where there is none
 * @param passesUnmatched whether a request without resource or method goes to the application instead of being refused
 * @param disableExecuteApiEndpoint whether only custom domain names and base paths of the configuration lead here
 * @param minimumCompressionSize bytes from which on answers are compressed; null for never
 * @param accessLog null where there is none
 */
public record CompiledStage(
        String arn,
        String accountId,
        String apiId,
        String apiName,
        String stageName,
        String deploymentId,
        Map<String, String> variables,
        RouteTable<CompiledMethod> routes,
        Map<ResponseType, CompiledGatewayResponse> gatewayResponses,
        boolean apiKeyFromAuthorizer,
        BinaryMediaTypes binaryMediaTypes,
        Canary canary,
        boolean passesUnmatched,
        boolean disableExecuteApiEndpoint,
        Integer minimumCompressionSize,
        AccessLog accessLog) {

    /**
     * @param percentTraffic 0.0 to 100.0; which calls is chance, each time anew
     * @param stage what serves these calls; has no canary itself
     */
    public record Canary(double percentTraffic, CompiledStage stage) {}
}
