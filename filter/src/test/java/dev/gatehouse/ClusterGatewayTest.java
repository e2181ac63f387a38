package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.configuration.SecretSource;
import dev.gatehouse.engine.limit.Level;
import dev.gatehouse.engine.limit.LimitExceeded;
import dev.gatehouse.engine.redis.RedisServer;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole gateways, by their file, that are one. */
class ClusterGatewayTest {

    private static final String CONFIGURATION = """
            apis: [{restApiId: hello, body: hello.yaml, stages: [{stageName: prod}]}]
            apiKeys: [{id: mobile, value: {property: key}}]
            usagePlans:
              - id: gold
                apiStages: [{apiId: hello, stage: prod}]
                quota: {limit: 7, period: MONTH}
                keys: [mobile]
                sharing: SHARING
                whenUnreachable: refuse
            rateLimitHeaders: true
            cluster:
              nodes: 2
              redis: {uri: "URI", password: {property: password}, timeoutInMillis: 5000}
            """;

    @TempDir
    Path folder;

    private final List<LimitExceeded> refused = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void write() throws Exception {
        RedisServer.assumeInstalled();
        Files.writeString(folder.resolve("hello.yaml"), TestApis.KEYED);
    }

    private Gatehouse gateway(RedisServer server, String sharing) throws Exception {
        Files.writeString(
                folder.resolve("gatehouse.yaml"),
                CONFIGURATION.replace("URI", server.uri().toString()).replace("SHARING", sharing));
        return Gatehouse.builder()
                .configuration("gatehouse.yaml", DocumentSource.folder(folder))
                .secrets(new Secrets())
                .limitListener(refused::add)
                .build();
    }

    private record Secrets() implements SecretSource {
        @Override
        public Optional<String> environment(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> property(String name) {
            return Optional.of(name.equals("key") ? "a-key-of-twenty-characters" : "a-password");
        }

        @Override
        public String file(String path) throws IOException {
            throw new IOException(path);
        }
    }

    private static String answer(Gatehouse gateway) {
        GatewayResponse response =
                Calls.get(gateway, "/prod/greeting", Headers.of("x-api-key", "a-key-of-twenty-characters"));
        return response.status() + " " + Calls.text(response) + " "
                + response.headers().first("RateLimit");
    }

    @Test
    void aQuotaOfSevenIsSevenOnTwoGatewaysAndOnNoneWhenRedisIsGoneAndThePlanWantsItSo() throws Exception {
        try (RedisServer server = RedisServer.start("--requirepass", "a-password", "--appendonly", "yes");
                Gatehouse one = gateway(server, "exact");
                Gatehouse other = gateway(server, "exact")) {
            assertThat(answer(one)).startsWith("200 hello").contains("r=6");
            assertThat(answer(other)).startsWith("200 hello").contains("r=5");
            for (int i = 0; i < 5; i++) {
                assertThat(answer(i % 2 == 0 ? one : other)).startsWith("200 hello");
            }
            assertThat(answer(one)).startsWith("429 {\"message\":\"Limit Exceeded\"}");
            assertThat(answer(other)).startsWith("429 {\"message\":\"Limit Exceeded\"}");
            server.kill();
            assertThat(answer(one)).startsWith("429 {\"message\":\"Too Many Requests\"}");
            assertThat(refused.stream().map(LimitExceeded::level).collect(Collectors.toList()))
                    .containsExactly(Level.QUOTA, Level.QUOTA, Level.UNREACHABLE);
            assertThat(one.cluster().orElseThrow().status().refused()).isEqualTo(1);
        }
    }

    @Test
    void aGatewayBeginsWithoutItsRedisAndFindsItLater() throws Exception {
        try (RedisServer server = RedisServer.start("--requirepass", "a-password")) {
            server.kill();
            try (Gatehouse gateway = gateway(server, "exact")) {
                assertThat(answer(gateway)).startsWith("429 {\"message\":\"Too Many Requests\"}");
                server.startAgain();
                Calls.await(() -> answer(gateway).startsWith("200"));
            }
        }
    }

    @Test
    void theClusterDoesNotChangeWhileTheGatewayRuns() throws Exception {
        try (RedisServer server = RedisServer.start("--requirepass", "a-password");
                Gatehouse gateway = gateway(server, "leased")) {
            assertThat(answer(gateway)).startsWith("200 hello");
            Path file = folder.resolve("gatehouse.yaml");
            String before = Files.readString(file);
            Files.writeString(file, before.replace("nodes: 2", "nodes: 3"));
            assertThat(gateway.redeploy())
                    .extracting(problem -> problem.pointer() + " " + problem.message())
                    .containsExactly("/cluster the cluster cannot change while the gateway runs: restart it");
            Files.writeString(file, before.replace("sharing: leased", "sharing: exact"));
            assertThat(gateway.redeploy()).isEmpty();
            assertThat(answer(gateway)).startsWith("200 hello");
        }
    }
}
