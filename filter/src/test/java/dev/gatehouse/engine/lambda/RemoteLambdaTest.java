package dev.gatehouse.engine.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.engine.lambda.LambdaCall.InvocationType;
import dev.gatehouse.engine.lambda.LambdaException.Reason;
import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RemoteLambdaTest {

    private static final FunctionName FUNCTION =
            FunctionName.parse("arn:aws:lambda:eu-central-1:123456789012:function:f:$LATEST");

    private final List<BackendRequest> sent = new ArrayList<>();

    @Test
    void callIsTheInvokeOperationSignedForLambda() throws Exception {
        RemoteLambda lambda = answering(new BackendReply(200, Headers.EMPTY, utf8("{\"a\":1}")));

        LambdaResult result = lambda.invoke(new LambdaCall(
                        FUNCTION, utf8("{}"), InvocationType.REQUEST_RESPONSE, Duration.ofSeconds(3), "e30="))
                .toCompletableFuture()
                .get();

        assertThat(result.failed()).isFalse();
        assertThat(result.payload()).isEqualTo(utf8("{\"a\":1}"));
        BackendRequest request = sent.get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri())
                .hasToString(
                        "http://127.0.0.1:9/base/2015-03-31/functions/"
                                + "arn%3Aaws%3Alambda%3Aeu-central-1%3A123456789012%3Afunction%3Af/invocations?Qualifier=%24LATEST");
        assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(request.body()).isEqualTo(utf8("{}"));
        assertThat(request.headers().first("X-Amz-Invocation-Type")).isEqualTo("RequestResponse");
        assertThat(request.headers().first("X-Amz-Client-Context")).isEqualTo("e30=");
        assertThat(request.headers().first("Authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-central-1/lambda/aws4_request, ")
                .contains("x-amz-client-context", "x-amz-invocation-type");
    }

    @Test
    void eventIsAcceptedWithoutAnswer() throws Exception {
        RemoteLambda lambda = answering(new BackendReply(202, Headers.EMPTY, new byte[0]));

        LambdaResult result = lambda.invoke(
                        new LambdaCall(FUNCTION, utf8("{}"), InvocationType.EVENT, Duration.ofSeconds(3), null))
                .toCompletableFuture()
                .get();

        assertThat(result.payload()).isEmpty();
        assertThat(sent.get(0).headers().first("X-Amz-Invocation-Type")).isEqualTo("Event");
        assertThat(sent.get(0).headers().contains("X-Amz-Client-Context")).isFalse();
    }

    @Test
    void functionErrorIsAnAnswerAndIsMarked() throws Exception {
        LambdaResult result = answering(new BackendReply(
                        200, Headers.of("x-amz-function-error", "Unhandled"), utf8("{\"errorMessage\":\"m\"}")))
                .invoke(call())
                .toCompletableFuture()
                .get();

        assertThat(result.functionError()).isEqualTo("Unhandled");
    }

    @ParameterizedTest
    @CsvSource({
        "400, FAILED",
        "403, ACCESS_DENIED",
        "404, NOT_FOUND",
        "413, TOO_LARGE",
        "429, THROTTLED",
        "500, FAILED",
        "502, FAILED",
        "302, FAILED"
    })
    void refusalOfTheServiceHasAReason(int status, Reason reason) {
        LambdaException failure = failure(
                answering(new BackendReply(status, Headers.EMPTY, utf8("{\"Type\":{},\"Message\":\"a\\nb\"}"))));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure).hasMessage("Lambda answered " + status + " for " + FUNCTION + ": a b");
    }

    @Test
    void refusalThatIsNoJsonIsToldByItsStatus() {
        assertThat(failure(answering(new BackendReply(503, Headers.EMPTY, utf8("<html>")))))
                .hasMessage("Lambda answered 503 for " + FUNCTION + ": no explanation");
    }

    @ParameterizedTest
    @EnumSource(BackendException.Reason.class)
    void unreachableServiceHasTheReasonOfTheTransport(BackendException.Reason reason) {
        RemoteLambda lambda = lambda(CompletableFuture.failedFuture(new BackendException(reason, "m")));

        assertThat(failure(lambda).reason().name()).isEqualTo(reason.name());
    }

    @Test
    void credentialsThatCannotBeHadAreAFailureAndNothingIsSent() {
        RemoteLambda lambda = new RemoteLambda(
                request -> {
                    throw new AssertionError("must not be sent");
                },
                new SigV4Signer(() -> Instant.EPOCH),
                role -> {
                    throw new IllegalStateException("expired");
                },
                URI.create("http://127.0.0.1:9"),
                "eu-central-1");

        assertThat(failure(lambda).reason()).isEqualTo(Reason.ACCESS_DENIED);
    }

    @Test
    void endpointMustBeAUrlWithoutQuery() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RemoteLambda(null, null, null, URI.create("http://h/?a=b"), "r"))
                .withMessage("Lambda endpoint must be a URL with a host and no query: http://h/?a=b");
    }

    private static LambdaException failure(RemoteLambda lambda) {
        Throwable thrown =
                catchThrowable(() -> lambda.invoke(call()).toCompletableFuture().get());
        assertThat(thrown).hasCauseInstanceOf(LambdaException.class);
        return (LambdaException) thrown.getCause();
    }

    private static LambdaCall call() {
        return LambdaCall.of(FUNCTION, utf8("{}"), Duration.ofSeconds(1));
    }

    private RemoteLambda answering(BackendReply reply) {
        return lambda(CompletableFuture.completedFuture(reply));
    }

    private RemoteLambda lambda(CompletableFuture<BackendReply> reply) {
        return new RemoteLambda(
                request -> {
                    sent.add(request);
                    return reply;
                },
                new SigV4Signer(() -> Instant.parse("2026-01-01T00:00:00Z")),
                role -> CompletableFuture.completedFuture(
                        role == null ? Credentials.of("AKID", "secret") : Credentials.of("AKIDOF" + role, "secret")),
                URI.create("http://127.0.0.1:9/base/"),
                "eu-central-1");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
