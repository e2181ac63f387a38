package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Answer;
import dev.gatehouse.dataplane.flow.Phase.Answered;
import dev.gatehouse.dataplane.flow.Phase.Mapped;
import dev.gatehouse.dataplane.flow.Phase.Matched;
import dev.gatehouse.dataplane.flow.Phase.Ready;
import dev.gatehouse.dataplane.snapshot.Logging;
import dev.gatehouse.dataplane.snapshot.Logging.Level;
import dev.gatehouse.engine.expression.CallFacts;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.slf4j.LoggerFactory;

/**
 * The execution log of a call, written when it is over from what its phases know. The texts are Amazon's (recorded from test
 * invocations); the logger's name is that of Amazon's log group: {@code API-Gateway-Execution-Logs_{apiId}/{stage}}.
 */
final class ExecutionLog {

    /** API Gateway cuts an event there. */
    private static final int LONGEST = 1024;

    /** Of a secret the last characters stay readable, so that two can be told apart. */
    private static final int READABLE = 6;

    private final BiConsumer<String, String> sink;

    /** @param sink gets the name of the log group and one line of text */
    ExecutionLog(BiConsumer<String, String> sink) {
        this.sink = sink;
    }

    /** A logger for each group, at level INFO: which calls are told is the stage's decision, not the logger's. */
    static void toLoggers(String group, String line) {
        LoggerFactory.getLogger(group).info("{}", line);
    }

    void completed(Ready ready) {
        Lines lines = lines(ready.answered().mapped().valid().matched());
        if (lines.level == Level.INFO) {
            lines.start();
            lines.request(ready.answered().mapped().facts());
            lines.backend(ready.answered());
            lines.response(ready.response());
            lines.say("Successfully completed execution");
            lines.say("Method completed with status: " + ready.response().status());
        }
    }

    void refused(Phase phase, Refusal refusal, GatewayResponse response) {
        Matched matched = matched(phase);
        Lines lines = matched == null ? null : lines(matched);
        if (lines == null || lines.level == Level.OFF) {
            return;
        }
        if (lines.level == Level.INFO) {
            lines.start();
            lines.request(phase.facts());
            if (phase instanceof Answered answered) {
                lines.backend(answered);
            } else if (phase instanceof Mapped mapped) {
                lines.endpoint(mapped);
            }
        }
        lines.say(refusal.detail());
        if (lines.level == Level.INFO) {
            lines.say("Gateway response type: " + refusal.type() + " with status code: " + response.status());
            if (lines.trace) {
                lines.say("Gateway response body: " + text(response));
                lines.say("Gateway response headers: " + readable(response.headers()));
            }
        }
        lines.say("Method completed with status: " + response.status());
    }

    private static Matched matched(Phase phase) {
        if (phase instanceof Matched matched) {
            return matched;
        }
        if (phase instanceof Phase.Authorized authorized) {
            return authorized.matched();
        }
        if (phase instanceof Phase.Received received) {
            return received.matched();
        }
        if (phase instanceof Phase.Valid valid) {
            return valid.matched();
        }
        if (phase instanceof Mapped mapped) {
            return mapped.valid().matched();
        }
        return phase instanceof Answered answered ? answered.mapped().valid().matched() : null;
    }

    private Lines lines(Matched matched) {
        Logging logging = matched.method().logging();
        return new Lines(sink, logging.level(), logging.dataTrace(), matched);
    }

    private record Lines(BiConsumer<String, String> sink, Level level, boolean trace, Matched matched) {

        private String group() {
            boolean canary = Boolean.TRUE.equals(matched.context().call().isCanaryRequest());
            return "API-Gateway-Execution-Logs_" + matched.stage().apiId() + "/"
                    + matched.stage().stageName() + (canary ? "/Canary" : "");
        }

        void start() {
            var call = matched.context().call();
            say("Extended Request Id: " + call.extendedRequestId());
            say("Starting execution for request: " + call.requestId());
            say("HTTP Method: " + call.httpMethod() + ", Resource Path: "
                    + matched.arrived().eventPath());
        }

        void request(CallFacts facts) {
            if (trace) {
                say("Method request path: " + facts.path());
                say("Method request query string: " + facts.query().toMap());
                say("Method request headers: " + readable(facts.headers()));
                say("Method request body before transformations: "
                        + (facts.body() == null ? "" : shown(facts.body().text())));
            }
        }

        void endpoint(Mapped mapped) {
            BackendRequest request = null;
            if (mapped.call() instanceof BackendCall.Http http) {
                request = http.request();
            } else if (mapped.call() instanceof BackendCall.ApplicationExchange exchange) {
                request = exchange.request();
            } else if (mapped.call() instanceof BackendCall.ApplicationStream stream) {
                request = stream.request();
            }
            if (request != null && trace) {
                say("Endpoint request URI: " + request.uri());
                say("Endpoint request headers: " + readable(request.headers()));
                say("Endpoint request body after transformations: " + text(request.body()));
            } else if (mapped.call() instanceof BackendCall.Function function && trace) {
                say("Endpoint request URI: " + function.call().function());
                say("Endpoint request body after transformations: "
                        + text(function.call().payload()));
            }
            if (request != null) {
                say("Sending request to " + request.uri());
            } else if (mapped.call() instanceof BackendCall.Function function) {
                say("Sending request to " + function.call().function());
            }
        }

        void backend(Answered answered) {
            endpoint(answered.mapped());
            if (answered.mapped().call() instanceof BackendCall.Mock) {
                return;
            }
            String latency = ", Integration latency: " + answered.latencyMillis() + " ms";
            if (answered.answer() instanceof Answer.Reply reply) {
                say("Received response. Status: " + reply.reply().status() + latency);
                if (trace) {
                    say("Endpoint response headers: " + readable(reply.reply().headers()));
                    say("Endpoint response body before transformations: "
                            + text(reply.reply().body()));
                }
            } else if (answered.answer() instanceof Answer.FunctionResult result) {
                say("Received response. Status: 200" + latency);
                if (trace) {
                    say("Endpoint response body before transformations: " + text(result.payload()));
                }
            }
        }

        void response(GatewayResponse response) {
            if (trace) {
                say("Method response body after transformations: " + text(response));
                say("Method response headers: " + readable(response.headers()));
            }
        }

        void say(String text) {
            String line = "(" + matched.context().call().requestId() + ") " + LogText.of(shown(text));
            sink.accept(group(), line.length() > LONGEST ? line.substring(0, LONGEST) : line);
        }
    }

    private static Map<String, String> readable(Headers headers) {
        Map<String, String> map = new LinkedHashMap<>();
        headers.forEach((name, value) -> map.put(name, secret(name) ? masked(value) : value));
        return map;
    }

    private static boolean secret(String name) {
        return name.equalsIgnoreCase("Authorization")
                || name.equalsIgnoreCase("x-api-key")
                || name.equalsIgnoreCase("Cookie")
                || name.equalsIgnoreCase("Set-Cookie")
                || name.equalsIgnoreCase("X-Amz-Security-Token");
    }

    private static String masked(String value) {
        int hidden = Math.max(0, value.length() - READABLE);
        return "*".repeat(hidden)
                + (value.length() > 2 * READABLE ? value.substring(hidden) : "*".repeat(value.length() - hidden));
    }

    private static String text(GatewayResponse response) {
        return response.body() instanceof GatewayResponse.Body.Bytes body ? text(body.bytes()) : "";
    }

    /** A body may have megabytes; the log shows a line. */
    private static String shown(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /** Decodes no more than the log will show. */
    private static String text(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, LONGEST), StandardCharsets.UTF_8);
    }
}
