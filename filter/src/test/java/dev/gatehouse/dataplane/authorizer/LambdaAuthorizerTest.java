package dev.gatehouse.dataplane.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dataplane.authorizer.Denial.Reason;
import dev.gatehouse.dataplane.authorizer.LambdaAuthorizer.Identity;
import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.expression.CallFacts;
import dev.gatehouse.engine.lambda.FunctionName;
import dev.gatehouse.engine.lambda.LambdaCall;
import dev.gatehouse.engine.lambda.LambdaInvoker;
import dev.gatehouse.engine.lambda.LambdaResult;
import dev.gatehouse.engine.pattern.BoundedPattern;
import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.QueryString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LambdaAuthorizerTest {

    private static final Identity TOKEN = new Identity.Token("Authorization", null);

    private final List<LambdaCall> calls = new ArrayList<>();
    private long nanos;
    private final AuthorizerCache cache = new AuthorizerCache(() -> nanos);
    private CompletionStage<LambdaResult> answer = told(allowing("*"));

    private final LambdaInvoker functions = call -> {
        calls.add(call);
        return answer;
    };

    private static CompletionStage<LambdaResult> told(String json) {
        return CompletableFuture.completedFuture(LambdaResult.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static String allowing(String resource) {
        return "{\"principalId\":\"ada\",\"policyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":[{\"Action\":"
                + "\"execute-api:Invoke\",\"Effect\":\"Allow\",\"Resource\":\"" + resource + "\"}]},"
                + "\"usageIdentifierKey\":\"key-of-ada\"}";
    }

    private LambdaAuthorizer authorizer(String id, String function, Identity identity, int ttlSeconds) {
        return new LambdaAuthorizer(
                new LambdaAuthorizer.Settings(
                        id, FunctionName.parse(function), null, identity, Duration.ofSeconds(ttlSeconds)),
                cache,
                () -> nanos);
    }

    @Test
    void theFunctionIsAskedInTheNameOfTheRole() {
        String role = "arn:aws:iam::123456789012:role/asker";
        LambdaAuthorizer inItsName = new LambdaAuthorizer(
                new LambdaAuthorizer.Settings(
                        "auth1", FunctionName.parse("gatekeeper"), role, TOKEN, Duration.ofSeconds(300)),
                cache,
                () -> nanos);
        inItsName.examine(new Question("api", "prod", "/", Headers.of("Authorization", "ada"), null));

        assertThat(calls).extracting(LambdaCall::roleArn).containsExactly(role);
    }

    private LambdaAuthorizer authorizer() {
        return authorizer("auth1", "gatekeeper", TOKEN, 300);
    }

    /** A call that nothing is known of but what authorizers look at. */
    private final class Question implements AccessQuery {

        private final String apiId;
        private final String stage;
        private final String path;
        private final Headers headers;
        private final String query;

        Question(String apiId, String stage, String path, Headers headers, String query) {
            this.apiId = apiId;
            this.stage = stage;
            this.path = path;
            this.headers = headers;
            this.query = query;
        }

        @Override
        public CallFacts facts() {
            CallContext.Call call = new CallContext.Call(
                    "id",
                    "id",
                    Instant.EPOCH,
                    "GET",
                    path,
                    "HTTP/1.1",
                    "host",
                    "123456789012",
                    apiId,
                    stage,
                    "d",
                    null);
            CallContext context = CallContext.of(call, new CallContext.Identity("203.0.113.7", null));
            return new CallFacts(Map.of(), QueryString.parse(query), headers, null, context, Map.of(), null);
        }

        @Override
        public GatewayRequest request() {
            throw new AssertionError("nobody needs the request");
        }

        @Override
        public String methodArn() {
            return "arn:aws:execute-api:us-east-1:123456789012:" + apiId + "/" + stage + "/GET" + path;
        }

        @Override
        public CompletionStage<byte[]> body() {
            throw new AssertionError("nobody needs the body");
        }

        @Override
        public byte[] requestEvent() {
            return "{}".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public LambdaInvoker functions() {
            return functions;
        }
    }

    private Question call(String path, String token) {
        return new Question("api", "prod", path, Headers.of("Authorization", token), null);
    }

    private static Finding known(Finding finding) {
        return finding instanceof Finding.Pending pending
                ? pending.finding().toCompletableFuture().join()
                : finding;
    }

    private static Verdict verdict(Finding finding) {
        return ((Finding.Found) known(finding)).own();
    }

    @Test
    void aRememberedAnswerNeedsNoFunction() {
        LambdaAuthorizer authorizer = authorizer();
        known(authorizer.examine(call("/a", "t")));
        Finding second = authorizer.examine(call("/a", "t"));

        assertThat(calls).hasSize(1);
        assertThat(second).isInstanceOfSatisfying(Finding.Found.class, found -> {
            assertThat(found.own()).isEqualTo(Verdict.ALLOW);
            assertThat(found.caller().usageIdentifierKey()).isEqualTo("key-of-ada");
            assertThat(found.caller().authorizer())
                    .containsEntry("principalId", "ada")
                    .containsEntry("integrationLatency", 0L);
        });
    }

    @Test
    void aRememberedPolicyIsMeasuredAgainstEachCall() {
        answer = told(allowing("arn:aws:execute-api:us-east-1:123456789012:api/prod/GET/a"));
        LambdaAuthorizer authorizer = authorizer();

        assertThat(verdict(authorizer.examine(call("/a", "t")))).isEqualTo(Verdict.ALLOW);
        assertThat(verdict(authorizer.examine(call("/b", "t")))).isEqualTo(Verdict.IMPLICIT_DENY);
        assertThat(verdict(authorizer.examine(call("/a", "t")))).isEqualTo(Verdict.ALLOW);
        assertThat(calls).hasSize(1);
    }

    @Test
    void anAnswerCountsAsLongAsItsOwnerSays() {
        LambdaAuthorizer authorizer = authorizer("auth1", "gatekeeper", TOKEN, 60);
        known(authorizer.examine(call("/a", "t")));
        nanos = Duration.ofSeconds(60).toNanos() - 1;
        known(authorizer.examine(call("/a", "t")));
        assertThat(calls).hasSize(1);
        nanos++;
        known(authorizer.examine(call("/a", "t")));

        assertThat(calls).hasSize(2);
    }

    @Test
    void withATtlOfZeroTheFunctionIsAskedEachTime() {
        LambdaAuthorizer authorizer = authorizer("auth1", "gatekeeper", TOKEN, 0);
        known(authorizer.examine(call("/a", "t")));
        known(authorizer.examine(call("/a", "t")));

        assertThat(calls).hasSize(2);
    }

    @Test
    void apisStagesAuthorizersAndDefinitionsShareNothing() {
        Headers token = Headers.of("Authorization", "t");
        known(authorizer().examine(call("/a", "t")));
        known(authorizer().examine(new Question("other", "prod", "/a", token, null)));
        known(authorizer().examine(new Question("api", "test", "/a", token, null)));
        known(authorizer("auth2", "gatekeeper", TOKEN, 300).examine(call("/a", "t")));
        known(authorizer("auth1", "other", TOKEN, 300).examine(call("/a", "t")));
        known(authorizer("auth1", "gatekeeper", new Identity.Token("authorization", null), 300)
                .examine(call("/a", "t")));
        known(authorizer().examine(call("/a", "u")));

        assertThat(calls).hasSize(7);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "a=x;b=y|a=xy;b=",
                "a=1;b=2|a=12;b=",
                "a=x,b;b=c|a=x;b=b,c",
                "a=1:x;b=y|a=1;b=:xy",
                "a=x;a=y;b=z|a=x;b=y;b=z"
            },
            delimiter = '|')
    void identitiesThatReadAlikeAreDifferent(String one, String other) {
        String text = "method.request.header.a, method.request.querystring.q, method.request.header.b";
        LambdaAuthorizer authorizer =
                authorizer("auth1", "gatekeeper", new Identity.Request(IdentitySources.parse(text), text), 300);
        known(authorizer.examine(new Question("api", "prod", "/a", lines(one), "q=1")));
        known(authorizer.examine(new Question("api", "prod", "/a", lines(other), "q=1")));

        assertThat(calls).hasSizeLessThanOrEqualTo(2);
        assertThat(IdentitySources.parse(text).identity(new Question("api", "prod", "/a", lines(one), "q=1").facts()))
                .isNotEqualTo(IdentitySources.parse(text)
                        .identity(new Question("api", "prod", "/a", lines(other), "q=1").facts()));
    }

    /** Without lengths both would read {@code 1;x1;11;y1;11;z}. */
    @Test
    void aValueCannotReachIntoTheNextOne() {
        IdentitySources sources =
                IdentitySources.parse("method.request.header.a, method.request.querystring.q, method.request.header.b");
        Headers one = Headers.builder().add("a", "x").add("b", "y1;11;z").build();
        Headers other = Headers.builder().add("a", "x1;11;y").add("b", "z").build();

        assertThat(sources.identity(new Question("api", "prod", "/a", one, "q=1").facts()))
                .isNotEqualTo(sources.identity(new Question("api", "prod", "/a", other, "q=1").facts()));
    }

    private static Headers lines(String text) {
        Headers.Builder headers = Headers.builder();
        for (String line : text.split(";")) {
            headers.add(line.substring(0, 1), line.substring(2));
        }
        return headers.build();
    }

    @Test
    void errorsAreNotRemembered() {
        LambdaAuthorizer authorizer = authorizer();
        answer = told("{\"principalId\":\"ada\"}");
        assertThat(known(authorizer.examine(call("/a", "t"))))
                .isInstanceOfSatisfying(
                        Finding.Refused.class,
                        refused ->
                                assertThat(refused.denial().reason()).isEqualTo(Reason.AUTHORIZER_CONFIGURATION_ERROR));
        answer = CompletableFuture.completedFuture(
                new LambdaResult("{\"errorMessage\":\"Unauthorized\"}".getBytes(StandardCharsets.UTF_8), "Unhandled"));
        assertThat(known(authorizer.examine(call("/a", "t"))))
                .isInstanceOfSatisfying(
                        Finding.Refused.class,
                        refused -> assertThat(refused.denial().reason()).isEqualTo(Reason.UNAUTHORIZED));
        answer = told(allowing("*"));

        assertThat(verdict(authorizer.examine(call("/a", "t")))).isEqualTo(Verdict.ALLOW);
        assertThat(calls).hasSize(3);
    }

    /** Ten megabytes that would let everybody in, were they read. */
    @Test
    void aHugeAnswerIsNotReadAndNotRemembered() {
        LambdaAuthorizer authorizer = authorizer();
        answer = told(allowing("*").replace("\"key-of-ada\"", "\"" + "k".repeat(10 << 20) + "\""));

        assertThat(known(authorizer.examine(call("/a", "t"))))
                .isInstanceOfSatisfying(Finding.Refused.class, refused -> {
                    assertThat(refused.denial().reason()).isEqualTo(Reason.AUTHORIZER_CONFIGURATION_ERROR);
                    assertThat(refused.denial().message()).isNull();
                    assertThat(refused.denial().detail()).hasSizeLessThan(300);
                });
        answer = told(allowing("*"));
        assertThat(verdict(authorizer.examine(call("/a", "t")))).isEqualTo(Verdict.ALLOW);
        assertThat(calls).hasSize(2);
    }

    @Test
    @Timeout(20)
    void aTokenThatInvitesBacktrackingAsksNobody() {
        LambdaAuthorizer authorizer = authorizer(
                "auth1",
                "gatekeeper",
                new Identity.Token("Authorization", BoundedPattern.compile("(a+)+-[0-9]{4}")),
                300);

        for (int i = 0; i < 10; i++) {
            assertThat(known(authorizer.examine(call("/a", "a".repeat(100_000) + i))))
                    .isInstanceOfSatisfying(
                            Finding.Refused.class,
                            refused -> assertThat(refused.denial().reason()).isEqualTo(Reason.UNAUTHORIZED));
        }
        assertThat(calls).isEmpty();
    }

    @Test
    void noRefusalRepeatsTheTokenOrWhatTheFunctionSaid() {
        String[] answers = {
            "{\"errorMessage\":\"no such user: secret-token of secret-store\",\"errorType\":\"Error\"}",
            "secret-token",
            "[\"secret-token\"]",
            "{\"principalId\":\"secret-token\"}",
            "{\"principalId\":\"secret-token\",\"policyDocument\":{\"Statement\":[]},\"context\":{\"a\":[\"secret-store\"]}}"
        };
        for (String text : answers) {
            for (String error : new String[] {null, "Unhandled"}) {
                answer = CompletableFuture.completedFuture(
                        new LambdaResult(text.getBytes(StandardCharsets.UTF_8), error));

                assertThat(known(authorizer().examine(call("/a", "secret-token"))))
                        .isInstanceOfSatisfying(
                                Finding.Refused.class,
                                refused -> assertThat(refused.denial().toString())
                                        .doesNotContain("secret-token", "secret-store"));
            }
        }
    }

    @Test
    void whatNobodyExpectedIsNobodysPermission() {
        answer = CompletableFuture.failedFuture(new IllegalStateException("secret"));

        assertThat(known(authorizer().examine(call("/a", "t"))))
                .isInstanceOfSatisfying(Finding.Refused.class, refused -> {
                    assertThat(refused.denial().reason()).isEqualTo(Reason.AUTHORIZER_FAILURE);
                    assertThat(refused.denial().toString()).doesNotContain("secret");
                });
    }

    @Test
    void flushingAStageForgetsItsAnswersAtOnce() {
        Headers token = Headers.of("Authorization", "t");
        known(authorizer().examine(call("/a", "t")));
        known(authorizer().examine(new Question("api", "test", "/a", token, null)));
        cache.flush("api", "prod");
        known(authorizer().examine(call("/a", "t")));
        known(authorizer().examine(new Question("api", "test", "/a", token, null)));

        assertThat(calls).hasSize(3);
    }

    @Test
    void anAnswerThatWasUnderWayDuringAFlushIsNotKept() {
        CompletableFuture<LambdaResult> slow = new CompletableFuture<>();
        answer = slow;
        Finding waiting = authorizer().examine(call("/a", "t"));
        cache.flush("api", "prod");
        slow.complete(LambdaResult.of(allowing("*").getBytes(StandardCharsets.UTF_8)));
        assertThat(verdict(waiting)).isEqualTo(Verdict.ALLOW);
        answer = told(allowing("arn:aws:execute-api:us-east-1:123456789012:api/prod/GET/b"));

        assertThat(verdict(authorizer().examine(call("/a", "t")))).isEqualTo(Verdict.IMPLICIT_DENY);
    }

    @Test
    void inventedTokensTakeNoMoreThanTheirShareOfMemory() {
        LambdaAuthorizer authorizer = authorizer();
        String long1 = "x".repeat(10_000);
        for (int i = 0; i < 3_000; i++) {
            known(authorizer.examine(call("/a", long1 + i)));
        }

        assertThat(cache.size()).isLessThan(1_700);
    }

    @Test
    void theFunctionMayTakeAsLongAsAnIntegration() {
        known(authorizer().examine(call("/a", "t")));

        assertThat(calls.get(0).timeout()).isEqualTo(Duration.ofSeconds(29));
        assertThat(new String(calls.get(0).payload(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"type\":\"TOKEN\",\"methodArn\":\"arn:aws:execute-api:us-east-1:123456789012:api/prod/GET/a\","
                                + "\"authorizationToken\":\"t\"}");
    }
}
