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
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.engine.lambda.LambdaFunction;
import dev.gatehouse.engine.limit.ClusterSettings;
import dev.gatehouse.engine.limit.Fallback;
import dev.gatehouse.engine.limit.Sharing;
import dev.gatehouse.engine.limit.Terms;
import dev.gatehouse.engine.redis.RedisServer;
import dev.gatehouse.http.Headers;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two gateways that share what their authorizer says, each with a control plane of its own. */
class ClusterAuthorizerTest {

    private final AtomicInteger asked = new AtomicInteger();
    private RedisServer server;
    private Gatehouse one;
    private Gatehouse other;

    @BeforeEach
    void start() throws Exception {
        RedisServer.assumeInstalled();
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
            return TestApis.allowing("anna-of-the-token").getBytes(UTF_8);
        };
        return Gatehouse.builder()
                .configuration(configuration, name -> new ByteArrayInputStream(TestApis.GUARDED.getBytes(UTF_8)))
                .controlPlane(new InMemoryStore(), (request, tags) -> new Caller("somebody", "us-east-1"))
                .function("guard", () -> guard, LambdaFunction.class)
                .build();
    }

    private static int call(Gatehouse node, String token) {
        return Calls.get(node, "/", Headers.of("Authorization", token)).status();
    }

    private static void flush(Gatehouse node) {
        assertThat(Calls.manage(node, "DELETE", "/restapis/hello/stages/prod/cache/authorizers", null, "")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void whatOneNodeWasToldTheOtherDoesNotAskUntilEitherIsFlushed() throws Exception {
        assertThat(call(one, "the-secret-token")).isEqualTo(200);
        assertThat(asked).hasValue(1);
        // kept beside the answer to the call
        Calls.await(() -> server.contains("answer/"));
        assertThat(call(other, "the-secret-token")).isEqualTo(200);
        assertThat(asked).hasValue(1);
        assertThat(call(other, "another-token")).isEqualTo(200);
        assertThat(asked).hasValue(2);
        assertThat(server.contains("the-secret-token")).isFalse();
        assertThat(server.contains("anna-of-the-token")).isFalse();

        flush(one);
        int before = asked.get();
        Calls.await(() -> call(other, "the-secret-token") == 200 && asked.get() > before);
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
