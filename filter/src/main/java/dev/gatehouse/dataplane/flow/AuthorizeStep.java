package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.authorizer.Access;
import dev.gatehouse.dataplane.authorizer.CallerFacts;
import dev.gatehouse.dataplane.authorizer.Decision;
import dev.gatehouse.dataplane.flow.Phase.Authorized;
import dev.gatehouse.dataplane.flow.Phase.Matched;
import dev.gatehouse.dataplane.snapshot.Logging.Level;
import dev.gatehouse.engine.lambda.LambdaInvoker;
import dev.gatehouse.http.PayloadTooLargeException;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Whether the caller may call: asks the method's access, and words its refusals as gateway responses. */
final class AuthorizeStep {

    private final LambdaInvoker functions;
    private final List<String> roles;

    /** @param roles attributes of callers whose values are roles */
    AuthorizeStep(LambdaInvoker functions, List<String> roles) {
        this.functions = functions;
        this.roles = List.copyOf(roles);
    }

    LambdaInvoker functions() {
        return functions;
    }

    Awaited<Authorized> authorize(Matched matched) {
        if (matched.method().access() == Access.OPEN) {
            return Awaited.passed(new Authorized(matched, null, null, null));
        }
        boolean noted = matched.method().logging().level() == Level.INFO
                || matched.arrived().watched() != null;
        return decide(noted ? matched.with(new AccessNotes()) : matched);
    }

    private Awaited<Authorized> decide(Matched matched) {
        AccessQuestion question = new AccessQuestion(matched, functions);
        Decision decision = matched.method().access().decide(question);
        if (decision instanceof Decision.Pending pending) {
            return Awaited.of(pending.decision()
                    .handle((later, failure) -> failure == null ? outcome(matched, question, later) : failed(failure)));
        }
        return new Awaited.Now<>(outcome(matched, question, decision));
    }

    private Outcome<Authorized> outcome(Matched matched, AccessQuestion question, Decision decision) {
        if (decision instanceof Decision.Allowed allowed) {
            CallerFacts caller = allowed.caller();
            return Outcome.passed(new Authorized(
                    with(matched, caller),
                    caller.known() == null ? null : caller.known().principal(roles),
                    caller.usageIdentifierKey(),
                    question.bodyIfRead()));
        }
        if (decision instanceof Decision.Denied denied) {
            return new Outcome.Refused<>(Refusal.of(denied.denial()), with(matched, denied.caller()));
        }
        throw new IllegalStateException("a decision that was waited for is pending again");
    }

    private static Matched with(Matched matched, CallerFacts caller) {
        return caller == CallerFacts.NOBODY
                ? matched
                : matched.with(matched.context().withCaller(caller.identity(), caller.authorizer()));
    }

    private static Outcome<Authorized> failed(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof PayloadTooLargeException) {
            return Outcome.refused(GatewayPayload.tooLarge());
        }
        throw new CompletionException(cause);
    }
}
