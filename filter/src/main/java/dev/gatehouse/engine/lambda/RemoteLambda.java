package dev.gatehouse.engine.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatehouse.engine.lambda.LambdaException.Reason;
import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.BodyStream;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.HttpSender;
import dev.gatehouse.http.StreamedReply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Functions behind the Invoke API of one region: AWS itself, or whatever speaks it. Source: Lambda API reference, Invoke.
 * Thread-safe.
 */
public final class RemoteLambda implements LambdaInvoker {

    /** Of a refusal nobody wants to hear more. */
    private static final int MAX_REFUSAL = 64 * 1024;

    private final HttpSender http;
    private final SigV4Signer signer;
    private final Function<String, CompletionStage<Credentials>> credentials;
    private final String endpoint;
    private final String region;

    /**
     * @param credentials asked for each call, as temporary ones expire, with the ARN of its role or null where it has none; a
     *     null answer is a call without signature, which an emulator takes
     * @param endpoint such as {@code https://lambda.eu-central-1.amazonaws.com}; may have a path, not a query
     * @param region what the signature is made for
     */
    public RemoteLambda(
            HttpSender http,
            SigV4Signer signer,
            Function<String, CompletionStage<Credentials>> credentials,
            URI endpoint,
            String region) {
        if (endpoint.getHost() == null || endpoint.getRawQuery() != null || endpoint.getRawFragment() != null) {
            throw new IllegalArgumentException("Lambda endpoint must be a URL with a host and no query: " + endpoint);
        }
        this.http = http;
        this.signer = signer;
        this.credentials = credentials;
        this.endpoint = endpoint.toString().replaceAll("/+$", "");
        this.region = region;
    }

    @Override
    public CompletionStage<LambdaResult> invoke(LambdaCall call) {
        return signed(call, "/2015-03-31/functions/", "/invocations")
                .thenCompose(http::send)
                .handle((reply, failure) -> {
                    if (failure != null) {
                        throw unreachable(failure, call);
                    }
                    return result(reply, call);
                });
    }

    /** By InvokeWithResponseStream. */
    @Override
    public CompletionStage<LambdaStream> stream(LambdaCall call, Duration idle) {
        return signed(call, "/2021-11-15/functions/", "/response-streaming-invocations")
                .thenCompose(request -> http.stream(request, idle))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(unreachable(failure, call)))
                .thenCompose(reply -> stream(reply, call));
    }

    private static CompletionStage<LambdaStream> stream(StreamedReply reply, LambdaCall call) {
        if (reply.status() != 200) {
            return BodyStream.whole(reply.body(), MAX_REFUSAL)
                    .exceptionally(failure -> new byte[0])
                    .thenApply(body -> {
                        throw refused(new BackendReply(reply.status(), reply.headers(), body), call);
                    });
        }
        String type = reply.headers().first("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(EventStream.MEDIA_TYPE)) {
            reply.body().cancel();
            return CompletableFuture.failedFuture(new LambdaException(
                    Reason.FAILED,
                    "Lambda answered for " + call.function() + " by " + LogLine.of(String.valueOf(type))
                            + " and not by " + EventStream.MEDIA_TYPE));
        }
        return CompletableFuture.completedFuture(new LambdaStream(
                new EventStream(reply.body(), failure -> unreachable(failure, call)),
                reply.headers().first("x-amzn-RequestId")));
    }

    private CompletionStage<BackendRequest> signed(LambdaCall call, String before, String operation) {
        try {
            BackendRequest request = compose(call, before, operation);
            return credentials
                    .apply(call.roleArn())
                    .thenApply(pair -> pair == null ? request : signer.sign(request, pair, region, "lambda"))
                    .exceptionally(failure -> {
                        throw unsigned(failure, call);
                    });
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(unsigned(e, call));
        }
    }

    private static LambdaException unsigned(Throwable failure, LambdaCall call) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        Reason reason = cause instanceof BackendException known ? reason(known.reason()) : Reason.ACCESS_DENIED;
        return new LambdaException(reason, "call of " + call.function() + " cannot be signed: " + cause);
    }

    private BackendRequest compose(LambdaCall call, String before, String operation) {
        FunctionName function = call.function();
        String name = function.unqualified().toString().replace(":", "%3A");
        String qualifier = function.qualifier() == null
                ? ""
                : "?Qualifier=" + function.qualifier().replace("$", "%24");
        Headers.Builder headers = Headers.builder();
        headers.add("Content-Type", "application/json");
        headers.add("X-Amz-Invocation-Type", call.invocationType().wireName());
        if (call.clientContext() != null) {
            headers.add("X-Amz-Client-Context", call.clientContext());
        }
        return new BackendRequest(
                "POST",
                URI.create(endpoint + before + name + operation + qualifier),
                headers.build(),
                call.payload(),
                call.timeout());
    }

    private static LambdaResult result(BackendReply reply, LambdaCall call) {
        return switch (reply.status()) {
            case 200, 202, 204 ->
                new LambdaResult(
                        reply.body(),
                        reply.headers().first("X-Amz-Function-Error"),
                        reply.headers().first("x-amzn-RequestId"));
            default -> throw refused(reply, call);
        };
    }

    private static LambdaException refused(BackendReply reply, LambdaCall call) {
        Reason reason = switch (reply.status()) {
            case 403 -> Reason.ACCESS_DENIED;
            case 404 -> Reason.NOT_FOUND;
            case 413 -> Reason.TOO_LARGE;
            case 429 -> Reason.THROTTLED;
            default -> Reason.FAILED;
        };
        String message = "Lambda answered " + reply.status() + " for " + call.function() + ": " + explanation(reply);
        return new LambdaException(reason, message);
    }

    /** The member {@code Message} or {@code message} of the error document, on one line and cut where it is long. */
    private static String explanation(BackendReply reply) {
        try (JsonParser parser = LambdaJson.FACTORY.createParser(reply.body())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    boolean wanted = parser.currentName().equalsIgnoreCase("message");
                    if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
                        return LogLine.of(parser.getText());
                    }
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            // No JSON: whoever answered is not the Lambda service, and the status must do.
        }
        return "no explanation";
    }

    private static LambdaException unreachable(Throwable failure, LambdaCall call) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof LambdaException known) {
            return known;
        }
        Reason reason = cause instanceof BackendException known ? reason(known.reason()) : Reason.NETWORK;
        return new LambdaException(reason, "no answer from Lambda for " + call.function() + ": " + cause.getMessage());
    }

    private static Reason reason(BackendException.Reason reason) {
        return switch (reason) {
            case TIMEOUT -> Reason.TIMEOUT;
            case NETWORK -> Reason.NETWORK;
            case INVALID_ENDPOINT -> Reason.INVALID_ENDPOINT;
            case TOO_LARGE -> Reason.TOO_LARGE;
        };
    }
}
