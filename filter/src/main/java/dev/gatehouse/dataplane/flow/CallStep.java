package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Answer;
import dev.gatehouse.dataplane.flow.Phase.Answered;
import dev.gatehouse.dataplane.flow.Phase.Mapped;
import dev.gatehouse.dataplane.integration.LambdaProxyHead;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration.Lambda;
import dev.gatehouse.dataplane.snapshot.ResponseType;
import dev.gatehouse.engine.aws.CredentialsException;
import dev.gatehouse.engine.lambda.LambdaException;
import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.GatewayContext;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.HttpSender;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Calls the backend and waits without holding a thread. Transport only: nothing is mapped and nobody is authorized here. */
final class CallStep {

    private static final byte[] NOTHING = new byte[0];

    private final Backends backends;
    private final LongSupplier nanos;

    /** @param nanos a clock as {@link System#nanoTime} */
    CallStep(Backends backends, LongSupplier nanos) {
        this.backends = backends;
        this.nanos = nanos;
    }

    Awaited<Answered> call(Mapped mapped) {
        long started = nanos.getAsLong();
        try {
            return Awaited.of(begin(mapped)
                    .handle((answer, failure) -> failure == null
                            ? Outcome.passed(Answered.of(mapped, answer, (nanos.getAsLong() - started) / 1_000_000))
                            : Outcome.refused(refusal(mapped, unwrapped(failure)))));
        } catch (BackendException | LambdaException e) {
            return Awaited.refused(refusal(mapped, e));
        }
    }

    private CompletionStage<Answer> begin(Mapped mapped) {
        BackendCall call = mapped.call();
        if (call instanceof BackendCall.Mock mock) {
            return CompletableFuture.completedFuture(
                    Answer.Reply.of(new BackendReply(mock.status(), Headers.EMPTY, NOTHING)));
        }
        if (call instanceof BackendCall.Http request) {
            HttpSender sender = backends.http().of(request.profile());
            return request.idle() == null
                    ? sender.send(request.request()).thenApply(Answer.Reply::of)
                    : sender.stream(request.request(), request.idle()).thenApply(Answer.Streaming::new);
        }
        if (call instanceof BackendCall.Service service) {
            return backends.services().send(service.call()).thenApply(Answer.Reply::ofService);
        }
        if (call instanceof BackendCall.Function refused && refused.refusal() != null) {
            return CompletableFuture.completedFuture(new Answer.FunctionResult(refused.refusal(), false, null));
        }
        if (call instanceof BackendCall.Function function && function.idle() != null) {
            return backends.lambda().stream(function.call(), function.idle())
                    .thenCompose(stream -> LambdaProxyHead.read(stream.payload())
                            .thenApply(head -> new Answer.FunctionStream(head, stream.requestId())));
        }
        if (call instanceof BackendCall.Function function) {
            return backends.lambda()
                    .invoke(function.call())
                    .thenApply(
                            result -> new Answer.FunctionResult(result.payload(), result.failed(), result.requestId()));
        }
        if (call instanceof BackendCall.ApplicationExchange exchange) {
            return mapped.arrived()
                    .request()
                    .downstream()
                    .exchange(context(mapped), exchange.request())
                    .thenApply(Answer.Reply::of);
        }
        if (call instanceof BackendCall.ApplicationStream stream) {
            return mapped.arrived().request().downstream().stream(
                            context(mapped), stream.request(), head -> ClientHeaders.streamed(mapped, head))
                    .thenApply(Answer.AlreadySent::new);
        }
        return mapped.arrived().request().downstream().pass().thenApply(Answer.AlreadySent::new);
    }

    private static GatewayContext context(Mapped mapped) {
        var call = mapped.context().call();
        return new GatewayContext(
                call.requestId(),
                call.extendedRequestId(),
                call.accountId(),
                call.apiId(),
                call.stage(),
                mapped.context().resource().path(),
                mapped.context().identity().sourceIp(),
                mapped.stage().variables(),
                mapped.context().authorizer() == null
                        ? Map.of()
                        : mapped.context().authorizer(),
                mapped.admission().usage(),
                mapped.valid().received().admitted().authorized().principal());
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }

    private static Refusal refusal(Mapped mapped, Throwable failure) {
        if (failure instanceof BackendException backend) {
            return refusal(backend);
        }
        if (failure instanceof CredentialsException credentials) {
            return Refusal.configuration("Execution failed due to configuration error: API Gateway does not have"
                    + " permission to assume the provided role: " + credentials.getMessage());
        }
        if (failure instanceof LambdaException function) {
            return refusal(function, (Lambda) mapped.valid().matched().method().integration());
        }
        throw new CompletionException(failure);
    }

    /** A proxy's function that cannot be called is a bad gateway; without permission, or unreachable, it is our fault. */
    private static Refusal refusal(LambdaException failure, Lambda integration) {
        String detail = "Execution failed due to configuration error: " + failure.getMessage();
        return switch (failure.reason()) {
            case TIMEOUT ->
                Refusal.typed(
                        ResponseType.INTEGRATION_TIMEOUT,
                        "Endpoint request timed out",
                        "Execution failed due to a timeout error: " + failure.getMessage());
            case NETWORK ->
                Refusal.typed(
                        ResponseType.INTEGRATION_FAILURE,
                        "Internal server error",
                        "Execution failed due to a network error communicating with endpoint: " + failure.getMessage());
            case ACCESS_DENIED, INVALID_ENDPOINT -> Refusal.configuration(detail);
            case FUNCTION_FAILED ->
                Refusal.internal(
                        502,
                        "Lambda execution failed with status 200 due to customer function error: "
                                + failure.getMessage());
            case NOT_FOUND, THROTTLED, TOO_LARGE, FAILED -> Refusal.internal(integration.proxy() ? 502 : 500, detail);
        };
    }

    private static Refusal refusal(BackendException failure) {
        String detail = failure.getMessage();
        return switch (failure.reason()) {
            case TIMEOUT ->
                Refusal.typed(
                        ResponseType.INTEGRATION_TIMEOUT,
                        "Endpoint request timed out",
                        "Execution failed due to a timeout error: " + detail);
            case NETWORK ->
                Refusal.typed(
                        ResponseType.INTEGRATION_FAILURE,
                        "Network error communicating with endpoint",
                        "Execution failed due to a network error communicating with endpoint: " + detail);
            case INVALID_ENDPOINT ->
                Refusal.configuration(
                        "Execution failed due to configuration error: Invalid endpoint address: " + detail);
            case TOO_LARGE -> Refusal.internal("Execution failed due to an internal error: " + detail);
        };
    }
}
