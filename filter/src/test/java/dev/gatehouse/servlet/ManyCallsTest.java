package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.DocumentSource;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.configuration.EndpointRules;
import dev.gatehouse.configuration.GatehouseConfiguration;
import dev.gatehouse.configuration.RestApiConfiguration;
import dev.gatehouse.configuration.StageConfiguration;
import dev.gatehouse.dataplane.integration.JettyHttpSender;
import dev.gatehouse.dataplane.integration.PatientBackend;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A slow backend holds no thread of the container: the whole way, from client to backend and back. */
class ManyCallsTest {

    private static final int CALLS = 2000;

    private static final String DOCUMENT = """
            openapi: 3.0.1
            info: {title: slow, version: "1"}
            paths:
              /slow:
                get:
                  responses: {"200": {description: ok}}
                  x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: "BACKEND"}
            """;

    /** The backend answers nobody before all are there, so one held thread too many and nobody ever gets an answer. */
    @Test
    void twoThousandCallsWaitForASlowBackendOnSixteenThreads() throws Exception {
        try (PatientBackend backend = new PatientBackend(CALLS);
                Gatehouse gateway = gateway(backend.uri())) {
            EmbeddedServer server = new JettyServer(context -> {
                context.setAttribute("dev.gatehouse.Gatehouse", gateway);
                GatehouseFilter.register(context, "gatehouse", "/*");
            });
            try (JettyHttpSender client = JettyHttpSender.start(JettyHttpSender.Settings.defaults())) {
                URI uri = URI.create("http://127.0.0.1:" + server.port() + EmbeddedServer.CONTEXT_PATH + "/prod/slow");
                List<CompletableFuture<BackendReply>> replies = new ArrayList<>();
                for (int i = 0; i < CALLS; i++) {
                    replies.add(client.send(
                                    new BackendRequest("GET", uri, Headers.EMPTY, new byte[0], Duration.ofSeconds(25)))
                            .toCompletableFuture());
                }

                for (CompletableFuture<BackendReply> reply : replies) {
                    assertThat(reply.get(25, TimeUnit.SECONDS).status()).isEqualTo(200);
                }
            } finally {
                server.close();
            }
        }
    }

    private static Gatehouse gateway(URI backend) {
        Stage.Draft stage = Stage.draft();
        stage.stageName = "prod";
        GatehouseConfiguration configuration = GatehouseConfiguration.builder()
                .api(RestApiConfiguration.of("slow", "slow.yaml", StageConfiguration.of(stage.build())))
                .endpoints(EndpointRules.allowing("127.0.0.1"))
                .build();
        byte[] document = DOCUMENT.replace("BACKEND", backend.toString()).getBytes(StandardCharsets.UTF_8);
        DocumentSource documents = name -> new ByteArrayInputStream(document);
        return Gatehouse.builder().configuration(configuration, documents).build();
    }
}
