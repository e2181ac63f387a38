package dev.gatehouse.engine.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** What goes out, and whether Amazon's own signer signs it the same way. */
class AwsServicesTest {

    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
    private static final String ROLE = "arn:aws:iam::123456789012:role/gateway";

    private final List<BackendRequest> sent = new ArrayList<>();
    private final Roles roles = new Roles(
            List.of(new Roles.Part(ROLE, new Credentials("ASIA", "secret", "token"), false, null)), null, () -> NOON);
    private final AwsServices services = new AwsServices(
            request -> {
                sent.add(request);
                return CompletableFuture.completedFuture(new BackendReply(200, Headers.EMPTY, new byte[0]));
            },
            new SigV4Signer(() -> NOON),
            roles,
            () -> 0);

    @ParameterizedTest
    @CsvSource({
        "sns:action/Publish, sns, https://sns.eu-west-1.amazonaws.com/?Action=Publish",
        "kinesis:action/PutRecord, kinesis, https://kinesis.eu-west-1.amazonaws.com/?Action=PutRecord",
        "states:action/StartExecution, states, https://states.eu-west-1.amazonaws.com/?Action=StartExecution",
        "events:action/PutEvents, events, https://events.eu-west-1.amazonaws.com/?Action=PutEvents",
        "email:action/SendEmail&Source=a+b, ses, https://email.eu-west-1.amazonaws.com/?Action=SendEmail&Source=a%20b",
        "sqs:path/123456789012/q(1)?x&y=%7e, sqs, https://sqs.eu-west-1.amazonaws.com/123456789012/q%281%29?x&y=~",
        "s3:path/bucket/a+b%2Bc//d:e%20f%2Fg, s3, https://s3.eu-west-1.amazonaws.com/bucket/a%2Bb%2Bc//d%3Ae%20f%2Fg",
        "runtime.sagemaker:path/endpoints/e/invocations, sagemaker, https://runtime.sagemaker.eu-west-1.amazonaws.com/endpoints/e/invocations",
        "abc.appsync-api:path/graphql, appsync, https://abc.appsync-api.eu-west-1.amazonaws.com/graphql"
    })
    void serviceGetsASpellingAndASignatureThatTheSdkAgreesWith(String service, String signingName, String uri) {
        ServiceUri parsed = ServiceUri.parse("arn:aws:apigateway:eu-west-1:" + service);

        BackendRequest request = send(parsed, Headers.of("Content-Type", "application/json", "X-Amz-Target", "a.B"));

        assertThat(request.uri()).hasToString(uri);
        assertThat(request.headers().first("X-Amz-Security-Token")).isEqualTo("token");
        assertThat(request.headers().first("Authorization"))
                .contains("/eu-west-1/" + signingName + "/aws4_request")
                .isEqualTo(signatureOfTheSdk(request, signingName));
    }

    @Test
    void roleThatNobodyKnowsIsAFailureAndNothingIsSent() {
        ServiceEndpoint endpoint = ServiceEndpoints.AMAZON.find("sns", "eu-west-1");
        Throwable failure = catchThrowable(() -> services.send(new ServiceCall(
                        request(URI.create("https://sns.eu-west-1.amazonaws.com/"), Headers.EMPTY),
                        endpoint,
                        "arn:other"))
                .toCompletableFuture()
                .join());

        assertThat(failure).isInstanceOf(CompletionException.class).hasCauseInstanceOf(CredentialsException.class);
        assertThat(sent).isEmpty();
    }

    @Test
    void credentialsThatDoNotComeInTimeAreATimeout() {
        Sts silent = new Sts(
                request -> new CompletableFuture<>(),
                new SigV4Signer(() -> NOON),
                ServiceEndpoints.AMAZON.find("sts", "eu-west-1"));
        Roles assumed = new Roles(
                List.of(new Roles.Part(ROLE, Credentials.of("AKIA", "secret"), true, null)), silent, () -> NOON);
        AwsServices waiting = new AwsServices(
                request -> {
                    throw new AssertionError("nothing can be sent");
                },
                new SigV4Signer(() -> NOON),
                assumed,
                () -> 0);
        BackendRequest request = new BackendRequest(
                "GET",
                URI.create("https://sns.eu-west-1.amazonaws.com/"),
                Headers.EMPTY,
                new byte[0],
                Duration.ofMillis(50));

        Throwable failure = catchThrowable(
                () -> waiting.send(new ServiceCall(request, ServiceEndpoints.AMAZON.find("sns", "eu-west-1"), ROLE))
                        .toCompletableFuture()
                        .join());

        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        BackendException.class,
                        late -> assertThat(late.reason()).isEqualTo(BackendException.Reason.TIMEOUT));
    }

    private BackendRequest send(ServiceUri uri, Headers headers) {
        ServiceEndpoint endpoint = ServiceEndpoints.AMAZON.find(uri);
        services.send(new ServiceCall(request(URI.create(endpoint.url() + uri.request()), headers), endpoint, ROLE))
                .toCompletableFuture()
                .join();
        return sent.get(0);
    }

    private static BackendRequest request(URI uri, Headers headers) {
        return new BackendRequest(
                "POST", uri, headers, "{\"a\":1}".getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(1));
    }

    private static String signatureOfTheSdk(BackendRequest signed, String signingName) {
        boolean s3 = signingName.equals("s3");
        SdkHttpRequest.Builder http = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(signed.method()))
                .uri(signed.uri());
        signed.headers().forEach((name, value) -> {
            if (!name.equals("Authorization") && !name.startsWith("X-Amz-Security")) {
                http.appendHeader(name, value);
            }
        });
        return AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsSessionCredentialsIdentity.create("ASIA", "secret", "token"))
                        .request(http.build())
                        .payload(() -> new ByteArrayInputStream(signed.body()))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, signingName)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                        .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, !s3)
                        .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, !s3)
                        .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, true)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOON, ZoneOffset.UTC)))
                .request()
                .firstMatchingHeader("Authorization")
                .orElseThrow();
    }
}
