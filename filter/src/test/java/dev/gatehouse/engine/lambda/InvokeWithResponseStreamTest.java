package dev.gatehouse.engine.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.dataplane.integration.JettyHttpSender;
import dev.gatehouse.engine.lambda.LambdaException.Reason;
import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.BodyStream;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.HttpSender;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamRequest;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamResponseHandler;

/** Functions elsewhere that stream: Amazon's client and ours ask the same, and understand the same. */
@Timeout(60)
class InvokeWithResponseStreamTest {

    private static final String ARN = "arn:aws:lambda:eu-central-1:123456789012:function:f";
    private static final Duration LONG = Duration.ofSeconds(20);
    private static JettyHttpSender http;

    @BeforeAll
    static void start() {
        http = JettyHttpSender.start(JettyHttpSender.Settings.defaults());
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    @Test
    void amazonsClientAndOursGetTheSameChunks() throws Exception {
        try (StreamingLambda lambda = new StreamingLambda(events ->
                events.chunk("one").chunk("x".repeat(100_000)).chunk("two").complete())) {
            assertThat(byAmazonsClient(lambda)).isEqualTo("one" + "x".repeat(100_000) + "two; complete null null");
            assertThat(whole(lambda)).isEqualTo("one" + "x".repeat(100_000) + "two");
        }
    }

    @Test
    void amazonsClientAndOursHearOfAnError() throws Exception {
        try (StreamingLambda lambda =
                new StreamingLambda(events -> events.chunk("half").fails("Unhandled", "it broke"))) {
            assertThat(byAmazonsClient(lambda)).isEqualTo("half; complete Unhandled it broke");

            assertThat(catchThrowable(() -> whole(lambda)))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(LambdaException.class)
                    .hasMessage("Unhandled: it broke");
        }
    }

    @Test
    void ourRequestIsAmazons() throws Exception {
        try (StreamingLambda lambda = new StreamingLambda(StreamingLambda.Events::complete)) {
            byAmazonsClient(lambda);
            StreamingLambda.Call amazons = lambda.calls().remove();
            whole(lambda);
            StreamingLambda.Call ours = lambda.calls().remove();

            assertThat(ours.method()).isEqualTo(amazons.method());
            assertThat(ours.uri()).isEqualTo(amazons.uri());
            assertThat(ours.payload()).isEqualTo(amazons.payload());
            assertThat(ours.headers().get("x-amz-invocation-type"))
                    .isEqualTo(amazons.headers().get("x-amz-invocation-type"));
            assertThat(scope(ours)).isEqualTo(scope(amazons));
        }
    }

    private static String scope(StreamingLambda.Call call) {
        String header = call.headers().get("authorization").get(0);
        return header.substring(0, header.indexOf(','));
    }

    @Test
    void theStreamIsThereBeforeItsEndAndHasAName() throws Exception {
        CountDownLatch more = new CountDownLatch(1);
        try (StreamingLambda lambda = new StreamingLambda(events -> {
            events.chunk("first");
            await(more);
            events.complete();
        })) {
            LambdaStream stream =
                    ours(lambda).stream(call(), LONG).toCompletableFuture().get(20, TimeUnit.SECONDS);

            assertThat(stream.requestId()).isEqualTo("id-of-the-call");
            assertThat(stream.payload().next().toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .hasSize(5);
            more.countDown();
            assertThat(stream.payload().next().toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .isNull();
        }
    }

    @Test
    void whoCancelsCutsTheConnection() throws Exception {
        try (StreamingLambda lambda = new StreamingLambda(events -> {
            while (true) {
                events.chunk(new byte[10_000]);
            }
        })) {
            LambdaStream stream =
                    ours(lambda).stream(call(), LONG).toCompletableFuture().get(20, TimeUnit.SECONDS);
            stream.payload().next().toCompletableFuture().get(20, TimeUnit.SECONDS);
            stream.payload().cancel();

            assertThat(lambda.cut).succeedsWithin(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aFunctionThatIsSilentTooLongIsATimeout() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (StreamingLambda lambda = new StreamingLambda(events -> {
            events.chunk("first");
            await(never);
        })) {
            LambdaStream stream = ours(lambda).stream(call(), Duration.ofMillis(200))
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            stream.payload().next().toCompletableFuture().get(20, TimeUnit.SECONDS);

            assertThat(stream.payload().next())
                    .failsWithin(20, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            LambdaException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT));
            never.countDown();
        }
    }

    // What is no stream

    @ParameterizedTest
    @CsvSource({"400, FAILED", "403, ACCESS_DENIED", "404, NOT_FOUND", "413, TOO_LARGE", "429, THROTTLED", "500, FAILED"
    })
    void refusalOfTheServiceHasAReason(int status, Reason reason) {
        byte[] body = "{\"Message\":\"why\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(failure(new BackendReply(status, Headers.EMPTY, body)))
                .hasMessage("Lambda answered " + status + " for " + ARN + ": why")
                .extracting(LambdaException::reason)
                .isEqualTo(reason);
    }

    @Test
    void anExplanationHasItsLimit() {
        assertThat(failure(new BackendReply(500, Headers.EMPTY, new byte[1_000_000])))
                .hasMessage("Lambda answered 500 for " + ARN + ": no explanation");
    }

    @Test
    void whoAnswersInAnotherWayDoesNotStream() {
        assertThat(failure(new BackendReply(200, Headers.of("Content-Type", "application/json"), new byte[2])))
                .hasMessage("Lambda answered for " + ARN
                        + " by application/json and not by application/vnd.amazon.eventstream");
        assertThat(failure(new BackendReply(200, Headers.EMPTY, new byte[2])).reason())
                .isEqualTo(Reason.FAILED);
    }

    @Test
    void qualifierAndRoleAreOfTheCall() {
        List<BackendRequest> sent = new ArrayList<>();
        RemoteLambda lambda = remote(
                request -> {
                    sent.add(request);
                    return CompletableFuture.completedFuture(new BackendReply(500, Headers.EMPTY, new byte[0]));
                },
                URI.create("http://127.0.0.1:9/base"));

        catchThrowable(() -> lambda.stream(
                        LambdaCall.of(FunctionName.parse(ARN + ":live"), new byte[0], LONG)
                                .as("role"),
                        LONG)
                .toCompletableFuture()
                .join());

        assertThat(sent.get(0).uri().toString())
                .isEqualTo("http://127.0.0.1:9/base/2021-11-15/functions/" + ARN.replace(":", "%3A")
                        + "/response-streaming-invocations?Qualifier=live");
        assertThat(sent.get(0).timeout()).isEqualTo(LONG);
        assertThat(sent.get(0).headers().first("Authorization")).contains("Credential=OFrole/");
    }

    private static LambdaException failure(BackendReply reply) {
        RemoteLambda lambda =
                remote(request -> CompletableFuture.completedFuture(reply), URI.create("http://127.0.0.1:9"));
        return (LambdaException) catchThrowable(
                        () -> lambda.stream(call(), LONG).toCompletableFuture().get())
                .getCause();
    }

    private static String whole(StreamingLambda lambda) {
        CompletionStage<byte[]> whole =
                ours(lambda).stream(call(), LONG).thenCompose(stream -> BodyStream.whole(stream.payload(), 1_000_000));
        return new String(whole.toCompletableFuture().join(), StandardCharsets.UTF_8);
    }

    private static RemoteLambda ours(StreamingLambda lambda) {
        return remote(http, lambda.uri());
    }

    private static RemoteLambda remote(HttpSender sender, URI endpoint) {
        return new RemoteLambda(
                sender,
                new SigV4Signer(InstantSource.system()),
                role -> CompletableFuture.completedFuture(
                        Credentials.of(role == null ? "AKID" : "OF" + role, "secret")),
                endpoint,
                "eu-central-1");
    }

    private static LambdaCall call() {
        return LambdaCall.of(FunctionName.parse(ARN), "{\"a\":1}".getBytes(StandardCharsets.UTF_8), LONG);
    }

    /** @return the chunks, and what the end of them says */
    private static String byAmazonsClient(StreamingLambda lambda) throws Exception {
        StringBuffer heard = new StringBuffer();
        InvokeWithResponseStreamResponseHandler handler = InvokeWithResponseStreamResponseHandler.builder()
                .subscriber(InvokeWithResponseStreamResponseHandler.Visitor.builder()
                        .onPayloadChunk(chunk -> heard.append(chunk.payload().asUtf8String()))
                        .onInvokeComplete(end -> heard.append("; complete ")
                                .append(end.errorCode())
                                .append(' ')
                                .append(end.errorDetails()))
                        .build())
                .build();
        try (LambdaAsyncClient client = LambdaAsyncClient.builder()
                .endpointOverride(lambda.uri())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")))
                .build()) {
            client.invokeWithResponseStream(
                            InvokeWithResponseStreamRequest.builder()
                                    .functionName(ARN)
                                    .invocationType("RequestResponse")
                                    .payload(SdkBytes.fromUtf8String("{\"a\":1}"))
                                    .build(),
                            handler)
                    .get(30, TimeUnit.SECONDS);
        }
        return heard.toString();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
