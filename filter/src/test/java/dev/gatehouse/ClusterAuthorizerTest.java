package dev.gatehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.configuration.Basepath;
import dev.gatehouse.configuration.ClusterConfiguration;
import dev.gatehouse.configuration.ControlPlaneConfiguration;
import dev.gatehouse.configuration.GatehouseConfiguration;
import dev.gatehouse.configuration.RestApiConfiguration;
import dev.gatehouse.configuration.StageConfiguration;
import dev.gatehouse.controlplane.control.Caller;
import dev.gatehouse.controlplane.control.ControlRequest;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.engine.lambda.LambdaFunction;
import dev.gatehouse.engine.limit.ClusterSettings;
import dev.gatehouse.engine.limit.Fallback;
import dev.gatehouse.engine.limit.Sharing;
import dev.gatehouse.engine.limit.Terms;
import dev.gatehouse.engine.redis.RedisServer;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two gateways that share what their authorizer says, each with a control plane of its own. */
class ClusterAuthorizerTest {

    private static final String GUARDED = """
            {"swagger": "2.0", "info": {"title": "guarded", "version": "1"},
             "securityDefinitions": {"guard": {
               "type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "custom",
               "x-amazon-apigateway-authorizer": {"type": "token", "authorizerUri":
                 "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:guard/invocations"}}},
             "paths": {"/": {"get": {
               "security": [{"guard": []}],
               "responses": {"200": {"description": "ok"}},
               "x-amazon-apigateway-integration": {
                 "type": "mock",
                 "requestTemplates": {"application/json": "{\\"statusCode\\": 200}"},
                 "responses": {"default": {"statusCode": "200"}}}}}}}
            """;

    private static final String ALLOW = """
            {"principalId": "anna-of-the-token", "policyDocument": {"Version": "2012-10-17", "Statement": [
              {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": "*"}]}}
            """;

    private final AtomicInteger asked = new AtomicInteger();
    private RedisServer server;
    private Gatehouse one;
    private Gatehouse other;

    @BeforeEach
    void start() throws Exception {
        Assumptions.assumeTrue(RedisServer.installed(), "Redis is not installed (package redis-server)");
        server = RedisServer.start();
        one = node();
        other = node();
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            one.close();
            other.close();
            server.close();
        }
    }

    private Gatehouse node() {
        Duration timeout = Duration.ofSeconds(5);
        Stage.Draft stage = Stage.draft();
        stage.stageName = "prod";
        GatehouseConfiguration configuration = GatehouseConfiguration.builder()
                .api(new RestApiConfiguration(
                        "hello",
                        "hello.json",
                        Basepath.IGNORE,
                        false,
                        List.of(new StageConfiguration(stage.build(), "/"))))
                .controlPlane(ControlPlaneConfiguration.DEFAULTS)
                .cluster(new ClusterConfiguration(
                        new ClusterSettings(
                                new Terms(Sharing.LOCAL, Fallback.LOCAL_SHARE), 2, 10, Duration.ofSeconds(1), timeout),
                        server.settings(timeout),
                        Base64.getEncoder().encodeToString(new byte[32])))
                .build();
        LambdaFunction guard = (event, context) -> {
            asked.incrementAndGet();
            return ALLOW.getBytes(UTF_8);
        };
        return Gatehouse.builder()
                .configuration(configuration, name -> new ByteArrayInputStream(GUARDED.getBytes(UTF_8)))
                .controlPlane(new InMemoryStore(), (request, tags) -> new Caller("somebody", "us-east-1"))
                .function("guard", () -> guard, LambdaFunction.class)
                .build();
    }

    private static int call(Gatehouse node, String token) {
        return node.serve(new GatewayRequest(
                        "GET",
                        "localhost",
                        "/",
                        null,
                        Headers.of("Authorization", token),
                        new GatewayRequest.Client("127.0.0.1", "HTTP/1.1", "http", 80),
                        Payload.NONE,
                        Downstream.NONE))
                .toCompletableFuture()
                .join()
                .status();
    }

    private static void flush(Gatehouse node) {
        assertThat(node.controlPlane()
                        .orElseThrow()
                        .answer(new ControlRequest(
                                "DELETE",
                                "/restapis/hello/stages/prod/cache/authorizers",
                                "/restapis/hello/stages/prod/cache/authorizers",
                                null,
                                Headers.EMPTY,
                                new byte[0],
                                "127.0.0.1",
                                false))
                        .status())
                .isEqualTo(202);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).isNegative();
            Thread.onSpinWait();
        }
    }

    @Test
    void whatOneNodeWasToldTheOtherDoesNotAskUntilEitherIsFlushed() throws Exception {
        assertThat(call(one, "the-secret-token")).isEqualTo(200);
        assertThat(asked).hasValue(1);
        // kept beside the answer to the call
        await(() -> server.contains("answer/"));
        assertThat(call(other, "the-secret-token")).isEqualTo(200);
        assertThat(asked).hasValue(1);
        assertThat(call(other, "another-token")).isEqualTo(200);
        assertThat(asked).hasValue(2);
        assertThat(server.contains("the-secret-token")).isFalse();
        assertThat(server.contains("anna-of-the-token")).isFalse();

        flush(one);
        int before = asked.get();
        await(() -> call(other, "the-secret-token") == 200 && asked.get() > before);
    }

    @Test
    void whileRedisIsGoneEachNodeAsksForItself() {
        assertThat(call(one, "token")).isEqualTo(200);
        server.kill();
        assertThat(call(other, "token")).isEqualTo(200);
        assertThat(asked).hasValue(2);
        assertThat(call(other, "token")).isEqualTo(200);
        assertThat(asked).hasValue(2);
    }
}
