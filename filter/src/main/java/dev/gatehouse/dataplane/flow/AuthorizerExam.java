package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.authorizer.CallerFacts;
import dev.gatehouse.dataplane.authorizer.Decision;
import dev.gatehouse.dataplane.authorizer.Denial;
import dev.gatehouse.dataplane.flow.Phase.Matched;
import dev.gatehouse.dataplane.snapshot.ResponseType;
import dev.gatehouse.engine.json.Json;
import dev.gatehouse.engine.json.JsonObject;
import dev.gatehouse.engine.json.MalformedJsonException;
import dev.gatehouse.engine.lambda.LambdaCall;
import dev.gatehouse.engine.lambda.LambdaInvoker;
import dev.gatehouse.engine.lambda.LambdaResult;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks the authorizer of a method as the flow would, and looks over its shoulder. For one call. */
final class AuthorizerExam implements LambdaInvoker {

    private final LambdaInvoker functions;
    private final AuthorizerLog log;
    private final long started = System.nanoTime();
    private volatile byte[] returned;

    AuthorizerExam(LambdaInvoker functions, AuthorizerLog log) {
        this.functions = functions;
        this.log = log;
    }

    /** @param identity what the authorizer is to look at, for the log */
    CompletionStage<TestedAuthorizer> ask(Matched matched, String identity) {
        log.line("Incoming identity: ", AuthorizerLog.masked(identity));
        Decision decision = matched.method().access().decide(new AccessQuestion(matched, this));
        CompletionStage<Decision> known = decision instanceof Decision.Pending pending
                ? pending.decision()
                : CompletableFuture.completedFuture(decision);
        return known.handle((told, failure) -> failure == null ? outcome(matched, told) : broken());
    }

    @Override
    public CompletionStage<LambdaResult> invoke(LambdaCall call) {
        log.line("Endpoint request URI: ", call.function().toString());
        log.line("Endpoint request body after transformations: ", text(call.payload()));
        log.line("Sending request to ", call.function().toString());
        return functions.invoke(call).thenApply(result -> {
            log.line("Authorizer result body before parsing: ", text(result.payload()));
            returned = result.failed() ? null : result.payload();
            return result;
        });
    }

    private TestedAuthorizer outcome(Matched matched, Decision decision) {
        if (decision instanceof Decision.Allowed allowed) {
            return known(allowed.caller());
        }
        Decision.Denied denied = (Decision.Denied) decision;
        Denial.Reason reason = denied.denial().reason();
        if (reason == Denial.Reason.ACCESS_DENIED) {
            return known(denied.caller());
        }
        if (reason == Denial.Reason.UNAUTHORIZED) {
            log.line("Unauthorized request: ", matched.context().call().requestId());
        } else {
            log.line(denied.denial().detail(), "");
        }
        return TestedAuthorizer.failed(ResponseType.valueOf(reason.name()).status(), log.text(), millis());
    }

    private TestedAuthorizer broken() {
        log.line("Execution failed due to an internal error", "");
        return TestedAuthorizer.failed(500, log.text(), millis());
    }

    private TestedAuthorizer known(CallerFacts caller) {
        Map<String, String> context = new LinkedHashMap<>();
        Map<String, String> claims = new LinkedHashMap<>();
        caller.authorizer().forEach((name, value) -> {
            if (value instanceof Map<?, ?> all) {
                all.forEach((claim, text) -> claims.put(String.valueOf(claim), String.valueOf(text)));
            } else {
                context.put(name, String.valueOf(value));
            }
        });
        context.remove("integrationLatency");
        String principal = context.remove("principalId");
        if (principal != null) {
            log.line("Using valid authorizer policy for principal: ", AuthorizerLog.masked(principal));
        }
        log.line("Successfully completed authorizer execution", "");
        return new TestedAuthorizer(0, log.text(), millis(), principal, policy(), context, claims);
    }

    private String policy() {
        try {
            return returned != null && Json.parse(returned) instanceof JsonObject answer
                    ? Json.write(answer.get("policyDocument"))
                    : null;
        } catch (MalformedJsonException e) {
            return null;
        }
    }

    private long millis() {
        return (System.nanoTime() - started) / 1_000_000;
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
