package dev.gatehouse.engine.aws;

import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.engine.signature.WireSpelling;
import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendException.Reason;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.HttpSender;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** All of AWS: one signed call, whatever the service. */
public final class AwsServices implements ServiceSender {

    private final HttpSender http;
    private final SigV4Signer signer;
    private final Roles roles;
    private final LongSupplier nanos;

    /** @param nanos a clock as {@link System#nanoTime} */
    public AwsServices(HttpSender http, SigV4Signer signer, Roles roles, LongSupplier nanos) {
        this.http = http;
        this.signer = signer;
        this.roles = roles;
        this.nanos = nanos;
    }

    @Override
    public CompletionStage<BackendReply> send(ServiceCall call) {
        CompletableFuture<Credentials> credentials =
                roles.credentials(call.roleArn()).toCompletableFuture();
        if (credentials.isDone()) {
            return credentials.thenCompose(
                    known -> send(call, known, call.request().timeout()));
        }
        long started = nanos.getAsLong();
        Duration timeout = call.request().timeout();
        // a copy: others wait for the same credentials, each as long as it likes
        return credentials
                .copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(AwsServices::late)
                .thenCompose(known -> send(call, known, timeout.minusNanos(nanos.getAsLong() - started)));
    }

    private CompletionStage<BackendReply> send(ServiceCall call, Credentials credentials, Duration left) {
        if (left.isNegative() || left.isZero()) {
            throw new BackendException(Reason.TIMEOUT, "no credentials in time");
        }
        BackendRequest request = call.request();
        ServiceEndpoint endpoint = call.endpoint();
        return http.send(signer.sign(
                new BackendRequest(
                        request.method(), WireSpelling.of(request.uri()), request.headers(), request.body(), left),
                credentials,
                endpoint.region(),
                endpoint.signingName()));
    }

    private static Credentials late(Throwable failure) {
        if (failure instanceof TimeoutException) {
            throw new BackendException(Reason.TIMEOUT, "no credentials in time");
        }
        throw failure instanceof RuntimeException known ? known : new CompletionException(failure);
    }
}
