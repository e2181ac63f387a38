package dev.gatehouse.dataplane.flow;

import java.util.List;
import java.util.Map;

/**
 * What came of a test invocation of an authorizer. Source of what is in it: API Gateway API reference, TestInvokeAuthorizer.
 *
 * @param clientStatus what a client would get; 0 where the authorizer knows who calls, whatever the caller may do
 * @param log lines in Amazon's format, the last one ended, too
 * @param latencyMillis from beginning to end
 * @param principalId null where no function named anybody
 * @param policy JSON; null where no function returned one
 * @param context of a function
 * @param claims of a token
 */
public record TestedAuthorizer(
        int clientStatus,
        String log,
        long latencyMillis,
        String principalId,
        String policy,
        Map<String, String> context,
        Map<String, String> claims) {

    static TestedAuthorizer failed(int status, String log, long latencyMillis) {
        return new TestedAuthorizer(status, log, latencyMillis, null, null, Map.of(), Map.of());
    }

    /** @param problems for which it cannot even be asked */
    static TestedAuthorizer misconfigured(AuthorizerLog log, List<String> problems) {
        problems.forEach(problem -> log.line("Execution failed due to configuration error: ", problem));
        return failed(500, log.text(), 0);
    }
}
