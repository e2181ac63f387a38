package dev.gatehouse.engine.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatehouse.engine.lambda.LambdaException.Reason;
import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.HttpSender;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Functions behind the Invoke API of one region: AWS itself, or whatever speaks it. Source: Lambda API reference, Invoke.
 * Thread-safe.
 */
public final class RemoteLambda implements LambdaInvoker {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_MESSAGE = 500;

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
        CompletionStage<BackendRequest> request;
        try {
            request = credentials
                    .apply(call.roleArn())
                    .thenApply(
                            pair -> pair == null ? compose(call) : signer.sign(compose(call), pair, region, "lambda"))
                    .exceptionally(failure -> {
                        throw unsigned(failure, call);
                    });
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(unsigned(e, call));
        }
        return request.thenCompose(http::send).handle((reply, failure) -> {
            if (failure != null) {
                throw unreachable(failure, call);
            }
            return result(reply, call);
        });
    }

    private static LambdaException unsigned(Throwable failure, LambdaCall call) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        Reason reason = cause instanceof BackendException known ? reason(known.reason()) : Reason.ACCESS_DENIED;
        return new LambdaException(reason, "call of " + call.function() + " cannot be signed: " + cause);
    }

    private BackendRequest compose(LambdaCall call) {
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
                URI.create(endpoint + "/2015-03-31/functions/" + name + "/invocations" + qualifier),
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
            case 403 -> throw refused(Reason.ACCESS_DENIED, reply, call);
            case 404 -> throw refused(Reason.NOT_FOUND, reply, call);
            case 413 -> throw refused(Reason.TOO_LARGE, reply, call);
            case 429 -> throw refused(Reason.THROTTLED, reply, call);
            default -> throw refused(Reason.FAILED, reply, call);
        };
    }

    private static LambdaException refused(Reason reason, BackendReply reply, LambdaCall call) {
        String message = "Lambda answered " + reply.status() + " for " + call.function() + ": " + explanation(reply);
        return new LambdaException(reason, message);
    }

    /** The member {@code Message} or {@code message} of the error document, on one line and cut where it is long. */
    private static String explanation(BackendReply reply) {
        try (JsonParser parser = JSON.createParser(reply.body())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    boolean wanted = parser.currentName().equalsIgnoreCase("message");
                    if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
                        String text = parser.getText().replaceAll("\\p{Cntrl}+", " ");
                        return text.substring(0, Math.min(MAX_MESSAGE, text.length()));
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
