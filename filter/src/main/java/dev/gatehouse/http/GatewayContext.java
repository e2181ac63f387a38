package dev.gatehouse.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the application behind the gateway may know of a call: a request attribute, and behind the injectable
 * {@code CurrentCall} where CDI is. Immutable.
 *
 * @param requestId {@code $context.requestId}
 * @param extendedRequestId {@code $context.extendedRequestId}
 * @param accountId owner of the API
 * @param apiId id of the API
 * @param stage name of the stage
 * @param resourcePath such as {@code /pets/{petId}}
 * @param sourceIp textual address of the caller
 * @param stageVariables never null
 * @param authorizer what an authorizer said of the caller; empty where none ran
 * @param usage how the caller stands in its usage plan; null where the call counts in none
 * @param caller who calls; null where nobody had to prove anything
 */
public record GatewayContext(
        String requestId,
        String extendedRequestId,
        String accountId,
        String apiId,
        String stage,
        String resourcePath,
        String sourceIp,
        Map<String, String> stageVariables,
        Map<String, Object> authorizer,
        ClientUsage usage,
        CallerPrincipal caller) {

    /** Name of the request attribute. */
    public static final String ATTRIBUTE = "dev.gatehouse.context";

    public GatewayContext {
        stageVariables = Map.copyOf(stageVariables);
        // an authorizer may have said null, which Map.copyOf refuses
        authorizer = Collections.unmodifiableMap(new LinkedHashMap<>(authorizer));
    }
}
