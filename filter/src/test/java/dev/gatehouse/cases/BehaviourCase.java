package dev.gatehouse.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.definition.AccessLogSettings;
import dev.gatehouse.definition.LoggingLevel;
import dev.gatehouse.definition.ThrottleSettings;
import dev.gatehouse.definition.UsagePlan;
import dev.gatehouse.http.ClientProfile;
import java.util.List;
import java.util.Map;

/**
 * A case file. Names of files are statements, in lower case with hyphens.
 *
 * @param origin where the expectation comes from: {@code observed on AWS}, {@code AWS documentation}, {@code reported}, {@code
 *     own decision}, with what
 * @param each values for which the whole file is run, once for each, with {@code <each>} replaced by it; null for once
 * @param api name of an OpenAPI document, relative to the folder of the case; or the document itself, without YAML aliases; or
 *     only some of its root members, and {@code extends: name} for the others
 * @param stage Amazon's stage fields as in {@code gatehouse.yaml}
 * @param refusesUnmodelled {@code unmodelledBodies: refuse} of {@code gatehouse.yaml}
 * @param servedAt base path below the filter's mapping; by default the name of the stage
 * @param identities who can sign, by access key
 * @param userPoolKeys what every user pool publishes instead of its keys; {@code unreachable} for nothing
 * @param access API keys and usage plans; none where absent
 * @param before calls that come first, whatever is answered to them
 * @param request what the client sends
 * @param backend what a backend, or the application behind the filter, answers; null where none may be called
 * @param functions what functions answer, by name; null where none may be called
 * @param expected what must come of it
 * @param refused instead of request and expectation: parts of all the problems, in their order, for which the definition does not deploy
 */
record BehaviourCase(
        String origin,
        List<String> each,
        JsonNode api,
        StageSettings stage,
        boolean refusesUnmodelled,
        String servedAt,
        Map<String, Signer> identities,
        String userPoolKeys,
        Access access,
        List<ClientRequest> before,
        ClientRequest request,
        BackendAnswer backend,
        Map<String, FunctionAnswer> functions,
        Expected expected,
        List<String> refused) {

    /** @param methodSettings by method or for all under {@code *}{@code /*} */
    record StageSettings(
            String stageName,
            Map<String, String> variables,
            AccessLogSettings accessLogSettings,
            CanaryOverrides canarySettings,
            Map<String, MethodSettings> methodSettings) {}

    /** What is absent is as Amazon has it by default. */
    record MethodSettings(
            Double throttlingRateLimit,
            Integer throttlingBurstLimit,
            LoggingLevel loggingLevel,
            boolean dataTraceEnabled) {}

    /**
     * Who may call how often.
     *
     * @param keys none where absent
     * @param plans as Amazon describes them
     * @param accountThrottle null for none
     */
    record Access(List<Key> keys, List<UsagePlan> plans, ThrottleSettings accountThrottle, boolean rateLimitHeaders) {

        static final Access NONE = new Access(List.of(), List.of(), null, false);

        Access {
            keys = keys == null ? List.of() : keys;
            plans = plans == null ? List.of() : plans;
        }
    }

    /** @param enabled true where absent */
    record Key(String id, String value, Boolean enabled, List<String> plans) {}

    record CanaryOverrides(double percentTraffic, Map<String, String> stageVariableOverrides) {}

    /**
     * @param target request target: raw path and query
     * @param headers {@code Name: value} lines
     * @param bodyLength instead of a body: so many letters
     * @param signed has the request signed, without the body where that is streamed
     * @param sourceIp by default 203.0.113.7
     * @param scheme by default {@code https}
     * @param behind path of the context and of the filter's mapping, which only the client sees
     * @param declaredLength what {@code Content-Length} claims, -1 for a chunked body; by default the truth
     * @param token claims of a token that the user pool {@code us-east-1_Pool} has signed, of which {@code iss} and {@code exp}
     *     need not be there; in headers it is called {@code $token}
     */
    record ClientRequest(
            String method,
            String target,
            List<String> headers,
            String body,
            String bodyBase64,
            Integer bodyLength,
            Long declaredLength,
            Signing signed,
            String sourceIp,
            String scheme,
            String behind,
            JsonNode token) {}

    /** @param failure TIMEOUT, NETWORK, INVALID_ENDPOINT or TOO_LARGE instead of an answer */
    record BackendAnswer(int status, List<String> headers, String body, String bodyBase64, String failure) {}

    /**
     * @param streams what it writes, bit by bit, where it is called to stream; {@code <delimiter>} is eight NUL bytes
     * @param failed whether the payload is an error object; of a stream, whether it ends by an error
     */
    record FunctionAnswer(JsonNode returns, String returnsText, List<String> streams, boolean failed, String failure) {}

    /**
     * @param headers lines that must be there, a name as often as it is listed, in this order; a value in slashes is a regular
     *     expression
     * @param absentHeaders names that must not be there
     * @param onlyHeaders whether no other header may be there
     * @param body exact text
     * @param bodyJson JSON that must be equal
     * @param backend what a backend or function must have received; absent where nothing is said about it
     * @param event members that the event of a function must have; others may be there
     * @param absentFromEvent JSON pointers to what must not be in it
     * @param backendCalled false where nobody may have been called; authorizers do not count
     * @param accessLog the line of the access log, behind its destination and a blank
     * @param executionLog parts of lines that the execution log must have, in their order; the stage logs at level INFO then
     * @param wholeExecutionLog all lines of the execution log without the id of the request in front, {@code ID} in place of it elsewhere;
     *     a line in slashes is a regular expression
     * @param authorizerEvent members that the event of an authorizer's function must have
     * @param absentFromAuthorizerEvent JSON pointers to what must not be in it
     * @param authorizerCalled whether an authorizer's function was called
     * @param streamed whether the answer is passed on as it comes
     * @param breaksOff whether the connection to the client is cut behind the body
     */
    record Expected(
            int status,
            List<String> headers,
            List<String> absentHeaders,
            boolean onlyHeaders,
            String body,
            JsonNode bodyJson,
            String bodyBase64,
            BackendExpectation backend,
            JsonNode event,
            List<String> absentFromEvent,
            Boolean backendCalled,
            String accessLog,
            List<String> executionLog,
            List<String> wholeExecutionLog,
            JsonNode authorizerEvent,
            List<String> absentFromAuthorizerEvent,
            Boolean authorizerCalled,
            boolean streamed,
            boolean breaksOff) {}

    /**
     * @param method verb; a function is always called by POST
     * @param uri exact, as sent; of a function its name
     * @param headers as for {@link Expected}; of a function {@code X-Amz-Invocation-Type} and, where there is one, {@code
     *     X-Amz-Client-Context}
     * @param onlyHeaders as for {@link Expected}
     * @param silenceInMillis how long an answer that streams may be silent
     * @param profile by which client: {@code vpcLink}, {@code listener}, {@code anyAuthority}
     * @param timeoutInMillis how long the gateway would wait
     */
    record BackendExpectation(
            String method,
            String uri,
            List<String> headers,
            List<String> absentHeaders,
            boolean onlyHeaders,
            String body,
            String bodyBase64,
            JsonNode bodyJson,
            Integer timeoutInMillis,
            Integer silenceInMillis,
            ClientProfile profile) {}
}
