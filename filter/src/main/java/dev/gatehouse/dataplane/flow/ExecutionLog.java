package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.authorizer.Authorization;
import dev.gatehouse.dataplane.flow.Phase.Answer;
import dev.gatehouse.dataplane.flow.Phase.Answered;
import dev.gatehouse.dataplane.flow.Phase.Mapped;
import dev.gatehouse.dataplane.flow.Phase.Matched;
import dev.gatehouse.dataplane.flow.Phase.Ready;
import dev.gatehouse.dataplane.observe.Secrets;
import dev.gatehouse.dataplane.snapshot.Logging;
import dev.gatehouse.dataplane.snapshot.Logging.Level;
import dev.gatehouse.dataplane.snapshot.ResponseType;
import dev.gatehouse.engine.expression.CallFacts;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The execution log of a call, written when it is over from what its phases know. The texts are Amazon's (recorded from test
 * invocations).
 */
final class ExecutionLog {

    /** No journal shows more of a value than this. */
    static final int LONGEST = 1024;

    /** Of a secret the last characters stay readable, so that two can be told apart. */
    private static final int READABLE = 6;

    private final Journal journal;

    ExecutionLog(Journal journal) {
        this.journal = journal;
    }

    void completed(Ready ready) {
        Lines lines = lines(ready.answered().mapped().valid().matched());
        if (lines.level == Level.INFO) {
            lines.start(ready.admission(), true);
            lines.request(ready.answered().mapped().facts());
            lines.backend(ready.answered());
            lines.response(ready.response());
            lines.say("Successfully completed execution");
            lines.say("Method completed with status: " + ready.response().status());
        }
    }

    /** @param failure why a stream ended before its end; null where it did not */
    void streamed(Ready ready, String failure) {
        if (failure == null) {
            completed(ready);
            return;
        }
        Lines lines = lines(ready.answered().mapped().valid().matched());
        if (lines.level == Level.INFO) {
            lines.start(ready.admission(), true);
            lines.request(ready.answered().mapped().facts());
            lines.backend(ready.answered());
        }
        if (lines.level != Level.OFF) {
            lines.say("Execution failed while the response was being streamed: " + failure);
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
            boolean begun = !(phase instanceof Matched) && !byPlans(phase, refusal);
            lines.start(phase.admission(), begun);
            if (begun) {
                lines.request(phase.facts());
            }
            if (phase instanceof Answered answered) {
                lines.backend(answered);
            } else if (phase instanceof Mapped mapped) {
                lines.endpoint(mapped);
            }
        }
        if (refusal.type() == ResponseType.UNAUTHORIZED) {
            lines.say("Unauthorized request: " + phase.context().call().requestId());
        }
        if (refusal.type() != ResponseType.UNAUTHORIZED || !refusal.detail().equals(refusal.message())) {
            lines.say(refusal.detail());
        }
        if (refusal.remark() != null) {
            lines.say(refusal.remark());
        }
        if (lines.level == Level.INFO && journal.ofLogGroup()) {
            lines.say("Gateway response type: " + refusal.type() + " with status code: " + response.status());
            if (lines.trace) {
                lines.tell("Gateway response body: ", text(response));
                lines.tell("Gateway response headers: ", readable(response.headers()));
            }
        }
        lines.say("Method completed with status: " + response.status());
    }

    /** The plans refuse before the execution begins. */
    private static boolean byPlans(Phase phase, Refusal refusal) {
        return phase instanceof Phase.Admitted
                && (refusal.type() == ResponseType.INVALID_API_KEY
                        || refusal.type() == ResponseType.THROTTLED
                        || refusal.type() == ResponseType.QUOTA_EXCEEDED);
    }

    private static Matched matched(Phase phase) {
        if (phase instanceof Matched matched) {
            return matched;
        }
        if (phase instanceof Phase.Authorized authorized) {
            return authorized.matched();
        }
        if (phase instanceof Phase.Admitted admitted) {
            return admitted.matched();
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
        return new Lines(journal, logging.level(), logging.dataTrace(), matched);
    }

    private record Lines(Journal journal, Level level, boolean trace, Matched matched) {

        /**
         * @param admitted null where nobody has come to look at plans
         * @param begun whether the plans let the execution begin
         */
        void start(Phase.Admitted admitted, boolean begun) {
            var call = matched.context().call();
            if (journal.ofLogGroup()) {
                say("Extended Request Id: " + call.extendedRequestId());
                if (matched.access() != null) {
                    access(matched.access());
                }
                if (admitted != null) {
                    PlanStep.checked(admitted.authorized(), begun).forEach(this::say);
                }
            }
            if (!begun) {
                return;
            }
            say("Starting execution for request: " + call.requestId());
            say("HTTP Method: " + call.httpMethod() + ", Resource Path: "
                    + matched.arrived().eventPath());
        }

        private void access(AccessNotes notes) {
            AccessNotes.Rule rule = notes.rule();
            if (notes.authorizerId() != null) {
                authorizer(notes, rule);
            }
            if (rule != null && rule.byPolicies()) {
                say("Policies of " + (rule.callerName() == null ? "anonymous" : rule.callerName()) + ": "
                        + (rule.own() == null ? "not asked" : rule.own()) + ", resource policy: "
                        + (rule.resource() == null ? "none" : rule.resource()));
            }
        }

        private void authorizer(AccessNotes notes, AccessNotes.Rule rule) {
            say("Starting authorizer: " + notes.authorizerId() + " for request: "
                    + matched.context().call().requestId());
            say("Incoming identity: " + masked(String.join(", ", notes.identity())));
            if (notes.call() != null) {
                if (trace) {
                    Secrets secrets = secrets(notes);
                    say("Endpoint request URI: " + notes.call().function());
                    tell(
                            "Endpoint request body after transformations: ",
                            secrets.hidden(text(notes.call().payload())));
                    say("Sending request to " + notes.call().function());
                    if (notes.result() != null) {
                        tell(
                                "Authorizer result body before parsing: ",
                                secrets.hidden(text(notes.result().payload())));
                    }
                } else {
                    say("Sending request to " + notes.call().function());
                }
            }
            if (rule == null) {
                return;
            }
            if (rule.authorization() == Authorization.CUSTOM && rule.callerName() != null) {
                say("Using valid authorizer policy for principal: " + masked(rule.callerName()));
            }
            say("Successfully completed authorizer execution");
        }

        private Secrets secrets(AccessNotes notes) {
            Secrets secrets = new Secrets();
            secrets.learn(matched.arrived().request().headers());
            notes.identity().forEach(secrets::learn);
            return secrets;
        }

        void request(CallFacts facts) {
            if (trace) {
                tell("Method request path: ", facts.path());
                tell("Method request query string: ", facts.query().toMap());
                tell("Method request headers: ", readable(facts.headers()));
                tell(
                        "Method request body before transformations: ",
                        facts.body() == null ? "" : facts.body().text());
            }
        }

        void endpoint(Mapped mapped) {
            BackendRequest request = null;
            if (mapped.call() instanceof BackendCall.Http http) {
                request = http.request();
            } else if (mapped.call() instanceof BackendCall.Service service) {
                request = service.call().request();
            } else if (mapped.call() instanceof BackendCall.ApplicationExchange exchange) {
                request = exchange.request();
            } else if (mapped.call() instanceof BackendCall.ApplicationStream stream) {
                request = stream.request();
            }
            if (request != null && trace) {
                say("Endpoint request URI: " + request.uri());
                tell("Endpoint request headers: ", readable(request.headers()));
                tell("Endpoint request body after transformations: ", text(request.body()));
            } else if (mapped.call() instanceof BackendCall.Function function && trace) {
                say("Endpoint request URI: " + function.call().function());
                tell(
                        "Endpoint request body after transformations: ",
                        text(function.call().payload()));
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
                    tell("Endpoint response headers: ", readable(reply.reply().headers()));
                    tell(
                            "Endpoint response body before transformations: ",
                            text(reply.reply().body()));
                }
            } else if (answered.answer() instanceof Answer.Streaming streaming) {
                say("Received response. Status: " + streaming.reply().status() + latency);
                coming(streaming);
            } else if (answered.answer() instanceof Answer.FunctionStream stream) {
                say("Received response. Status: 200" + latency);
                coming(stream);
            } else if (answered.answer() instanceof Answer.FunctionResult result) {
                say("Received response. Status: 200" + latency);
                if (trace) {
                    tell("Endpoint response body before transformations: ", text(result.payload()));
                }
            }
        }

        private void coming(Answer answer) {
            if (trace && answer.coming() != null) {
                tell("Endpoint response headers: ", readable(answer.coming().headers()));
            }
        }

        void response(GatewayResponse response) {
            if (trace) {
                tell("Method response body after transformations: ", text(response));
                tell("Method response headers: ", readable(ClientHeaders.unidentified(response.headers())));
            }
        }

        void say(String text) {
            journal.line(matched, text, "");
        }

        void tell(String label, Object value) {
            journal.line(matched, label, String.valueOf(value));
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

    static String masked(String value) {
        int hidden = Math.max(0, value.length() - READABLE);
        return "*".repeat(hidden)
                + (value.length() > 2 * READABLE ? value.substring(hidden) : "*".repeat(value.length() - hidden));
    }

    private static String text(GatewayResponse response) {
        return response.body() instanceof GatewayResponse.Body.Bytes body ? text(body.bytes()) : "";
    }

    /** A body may have megabytes: decodes no more than a journal shows, and a little, so that it sees that there is more. */
    private static String text(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, LONGEST + 1), StandardCharsets.UTF_8);
    }
}
