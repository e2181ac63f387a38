package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.snapshot.CompiledStage;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/**
 * What came of a test invocation. Source of what is in it: API Gateway API reference, TestInvokeMethod, and recorded answers.
 *
 * @param status what a client would get
 * @param headers without the identifiers that an answer to a client has
 * @param log lines in Amazon's format, the last one ended, too
 * @param latencyMillis from beginning to end
 */
public record TestedCall(int status, Headers headers, byte[] body, String log, long latencyMillis) {

    static TestedCall of(GatewayResponse response, CompiledStage stage, String log, long startedNanos) {
        byte[] body = response.body() instanceof GatewayResponse.Body.Bytes bytes ? bytes.bytes() : new byte[0];
        return new TestedCall(
                response.status(), shown(response, stage), body, log, (System.nanoTime() - startedNanos) / 1_000_000);
    }

    static TestedCall misconfigured(String requestId, List<String> problems, InstantSource clock) {
        StringBuilder log = new StringBuilder("Execution log for request ")
                .append(requestId)
                .append('\n');
        TestJournal.line(clock.instant(), "Starting execution for request: ", requestId, log);
        for (String problem : problems) {
            TestJournal.line(clock.instant(), "Execution failed due to configuration error: ", problem, log);
        }
        TestJournal.line(clock.instant(), "Method completed with status: ", "500", log);
        return new TestedCall(
                500,
                Headers.of("x-amzn-ErrorType", "InternalServerErrorException"),
                "{\"message\": \"Internal server error\"}".getBytes(StandardCharsets.UTF_8),
                log.toString(),
                0);
    }

    /** A refusal in Amazon's own words comes without its type (recorded). */
    private static Headers shown(GatewayResponse response, CompiledStage stage) {
        boolean builtIn = response.headers().contains("x-amzn-ErrorType")
                && stage.gatewayResponses().values().stream().noneMatch(type -> type.customised());
        return ClientHeaders.unidentified(response.headers())
                .where((name, value) -> !builtIn || !name.equalsIgnoreCase("Content-Type"));
    }
}
