package dev.gatehouse.dataplane.integration;

import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.QueryString;
import java.util.Map;

/**
 * What a Lambda proxy integration tells its function.
 *
 * @param path of the client without stage, as sent but for one leading slash
 * @param headers in the client's spelling, without those dropped on entry, with those the gateway adds
 * @param query decoded
 * @param pathParameters as sent, still encoded; empty where the resource has none
 * @param stageVariables empty where the stage has none
 * @param context with the resource that was matched
 * @param body empty where there is none; never null
 * @param binary whether the body goes as Base64 and not as text
 */
public record ProxyCall(
        String path,
        Headers headers,
        QueryString query,
        Map<String, String> pathParameters,
        Map<String, String> stageVariables,
        CallContext context,
        byte[] body,
        boolean binary) {}
