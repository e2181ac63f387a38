package dev.gatehouse.engine.expression;

import dev.gatehouse.engine.json.JsonText;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.QueryString;
import java.util.Map;

/**
 * Everything an expression may ask of one call.
 *
 * @param path path parameters, still percent-encoded
 * @param query the client's query, decoded once
 * @param headers the client's header lines that are visible to mappings
 * @param body the request's body; null before it is received
 * @param context see {@link CallContext}
 * @param stageVariables of the stage, canary overrides included
 * @param reply the backend's answer; null before there is one
 */
public record CallFacts(
        Map<String, String> path,
        QueryString query,
        Headers headers,
        JsonText body,
        CallContext context,
        Map<String, String> stageVariables,
        Reply reply) {

    /** A backend's answer as response mappings see it. */
    public record Reply(Headers headers, JsonText body) {}

    public CallFacts withContext(CallContext richer) {
        return new CallFacts(path, query, headers, body, richer, stageVariables, reply);
    }

    public CallFacts withReply(Reply answered) {
        return new CallFacts(path, query, headers, body, context, stageVariables, answered);
    }
}
