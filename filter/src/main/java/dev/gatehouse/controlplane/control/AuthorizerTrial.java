package dev.gatehouse.controlplane.control;

import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Authorizer;
import dev.gatehouse.http.Headers;
import java.util.Map;
import java.util.Objects;

/**
 * A test invocation of an authorizer that need not be deployed.
 *
 * @param draft the API as it is now
 * @param authorizer one of its own
 * @param pathWithQueryString null for {@code /}
 * @param headers as a client would send them
 * @param stageVariables all there are in this call
 */
public record AuthorizerTrial(
        ApiDefinition draft,
        Authorizer authorizer,
        String pathWithQueryString,
        Headers headers,
        Map<String, String> stageVariables) {

    public AuthorizerTrial {
        Objects.requireNonNull(draft, "draft");
        Objects.requireNonNull(authorizer, "authorizer");
        Objects.requireNonNull(headers, "headers");
        stageVariables = Map.copyOf(stageVariables);
    }

    /**
     * What came of it.
     *
     * @param clientStatus what a client would get; 0 where the authorizer knows who calls, whatever it lets the caller do
     * @param log in Amazon's format
     * @param latencyMillis from beginning to end
     * @param principalId null where nobody is known, or a user pool is asked
     * @param policy JSON, as the function returned it; null where there is none
     * @param context what the function said of the caller
     * @param claims of the token; empty for a Lambda authorizer
     */
    public record Result(
            int clientStatus,
            String log,
            long latencyMillis,
            String principalId,
            String policy,
            Map<String, String> context,
            Map<String, String> claims) {}
}
