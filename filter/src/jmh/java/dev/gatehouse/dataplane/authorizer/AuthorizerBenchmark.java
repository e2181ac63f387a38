package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.expression.CallFacts;
import dev.gatehouse.engine.lambda.FunctionName;
import dev.gatehouse.engine.lambda.LambdaInvoker;
import dev.gatehouse.engine.lambda.LambdaResult;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.QueryString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a Lambda authorizer costs that has said already what it says. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AuthorizerBenchmark {

    private static final String ANSWER = "{\"principalId\":\"ada\",\"policyDocument\":{\"Version\":\"2012-10-17\","
            + "\"Statement\":[{\"Action\":\"execute-api:Invoke\",\"Effect\":\"Allow\",\"Resource\":"
            + "[\"arn:aws:execute-api:*:*:api/prod/GET/pets/*\",\"arn:aws:execute-api:*:*:api/prod/GET/orders/*\"]}]},"
            + "\"context\":{\"level\":\"keeper\"}}";

    private LambdaAuthorizer authorizer;

    @Setup
    public void prepare() {
        authorizer = new LambdaAuthorizer(
                new LambdaAuthorizer.Settings(
                        "auth1",
                        FunctionName.parse("gatekeeper"),
                        null,
                        new LambdaAuthorizer.Identity.Token("Authorization", null),
                        Duration.ofHours(1)),
                new AuthorizerCache(System::nanoTime),
                System::nanoTime);
        authorizer.examine(new Question());
    }

    @Benchmark
    public Finding remembered() {
        return authorizer.examine(new Question());
    }

    /** A call of its own, with a text of its own for the token. */
    private static final class Question implements AccessQuery {

        private static final char[] TOKEN = "Bearer 0123456789abcdef0123456789abcdef".toCharArray();
        private static final CallContext CONTEXT = CallContext.of(
                new CallContext.Call(
                        "id", "id", Instant.EPOCH, "GET", "/prod/orders/7", "HTTP/1.1", "host", "123456789012", "api",
                        "prod", "d", null),
                new CallContext.Identity("203.0.113.7", null));

        private final Headers headers = Headers.of("Accept", "*/*", "Authorization", new String(TOKEN));

        @Override
        public CallFacts facts() {
            return new CallFacts(Map.of(), QueryString.EMPTY, headers, null, CONTEXT, Map.of(), null);
        }

        @Override
        public GatewayRequest request() {
            throw new IllegalStateException("nobody needs the request");
        }

        @Override
        public String methodArn() {
            return "arn:aws:execute-api:us-east-1:123456789012:api/prod/GET/orders/7";
        }

        @Override
        public CompletionStage<byte[]> body() {
            throw new IllegalStateException("nobody needs the body");
        }

        @Override
        public byte[] requestEvent() {
            throw new IllegalStateException("nobody needs the event");
        }

        @Override
        public LambdaInvoker functions() {
            return call -> CompletableFuture.completedFuture(LambdaResult.of(ANSWER.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
