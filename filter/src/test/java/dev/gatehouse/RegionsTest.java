package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.controlplane.control.Caller;
import dev.gatehouse.controlplane.control.ControlRequest;
import dev.gatehouse.controlplane.control.ControlResponse;
import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.identity.PrincipalArn;
import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.KeySource.Key;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Definitions belong to the region that the call was signed for, and so does what is served of them. */
class RegionsTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));
    private static final String DOCUMENT = """
            {"swagger": "2.0", "info": {"title": "signed", "version": "1"}, "paths": {"/": {"get": {
              "x-amazon-apigateway-auth": {"type": "AWS_IAM"},
              "responses": {"200": {"description": "ok"}},
              "x-amazon-apigateway-integration": {
                "type": "mock",
                "requestTemplates": {"application/json": "{\\"statusCode\\": 200}"},
                "responses": {"default": {"statusCode": "200"}}}}}}}
            """;

    private final DefinitionStore store = new InMemoryStore();

    @Test
    void regionsSeeNothingOfEachOther() throws Exception {
        try (Gatehouse gateway = gateway()) {
            String id = create(gateway, "eu-west-1");

            assertThat(text(call(gateway, "eu-west-1", "GET", "/restapis", ""))).contains(id);
            assertThat(text(call(gateway, "us-east-1", "GET", "/restapis", ""))).doesNotContain(id);
            assertThat(call(gateway, "us-east-1", "GET", "/restapis/" + id, "").status())
                    .isEqualTo(404);
            assertThat(call(gateway, "us-east-1", "DELETE", "/restapis/" + id, "")
                            .status())
                    .isEqualTo(404);
            String arn = "/tags/arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Frestapis%2F" + id;
            assertThat(call(gateway, "eu-west-1", "GET", arn, "").status()).isEqualTo(200);
            assertThat(call(gateway, "us-east-1", "GET", arn, "").status()).isEqualTo(400);
        }
    }

    @Test
    void callersSignForTheRegionOfTheApiAlsoAfterARestart() throws Exception {
        String id;
        try (Gatehouse gateway = gateway()) {
            id = create(gateway, "eu-west-1");
            call(gateway, "eu-west-1", "POST", "/restapis/" + id + "/deployments", "{\"stageName\":\"prod\"}");
            assertThat(get(gateway, id, "eu-west-1")).isEqualTo(200);
            assertThat(get(gateway, id, "us-east-1")).isEqualTo(403);
        }
        try (Gatehouse again = gateway()) {
            assertThat(get(again, id, "eu-west-1")).isEqualTo(200);
            assertThat(get(again, id, "us-east-1")).isEqualTo(403);
        }
    }

    private Gatehouse gateway() {
        Identity root = Identity.of("AKIAEXAMPLEROOT01", PrincipalArn.of("arn:aws:iam::000000000000:root"), List.of());
        return Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream("unmatched: refuse\n".getBytes(StandardCharsets.UTF_8)))
                .clock(CLOCK)
                .identities(
                        IdentitySource.of(Map.of("AKIAEXAMPLEROOT01", Key.of("a-secret-that-is-long-enough", root))))
                .controlPlane(
                        store,
                        (request, tags) ->
                                new Caller("somebody", request.headers().first("Region")))
                .build();
    }

    private static String create(Gatehouse gateway, String region) throws Exception {
        ControlResponse answer = call(gateway, region, "POST", "/restapis?mode=import", DOCUMENT);
        assertThat(answer.status()).as(text(answer)).isEqualTo(201);
        return new ObjectMapper().readTree(answer.body()).path("id").asText();
    }

    private static ControlResponse call(Gatehouse gateway, String region, String method, String target, String body) {
        String[] parts = target.split("\\?");
        return gateway.controlPlane()
                .orElseThrow()
                .answer(new ControlRequest(
                        method,
                        parts[0],
                        parts[0],
                        parts.length < 2 ? null : parts[1],
                        Headers.of("Region", region),
                        body.getBytes(StandardCharsets.UTF_8),
                        "127.0.0.1",
                        false));
    }

    private static int get(Gatehouse gateway, String api, String region) throws Exception {
        String path = "/_aws/execute-api/" + api + "/prod";
        BackendRequest signed = new SigV4Signer(CLOCK)
                .sign(
                        new BackendRequest(
                                "GET",
                                URI.create("http://127.0.0.1" + path),
                                Headers.of("Host", "127.0.0.1"),
                                new byte[0],
                                Duration.ofSeconds(1)),
                        Credentials.of("AKIAEXAMPLEROOT01", "a-secret-that-is-long-enough"),
                        region,
                        "execute-api");
        GatewayResponse answer = gateway.serve(new GatewayRequest(
                        "GET",
                        "127.0.0.1",
                        path,
                        null,
                        signed.headers(),
                        new GatewayRequest.Client("127.0.0.1", "HTTP/1.1", "http", 80),
                        Payload.of(new byte[0]),
                        Downstream.NONE))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return answer.status();
    }

    private static String text(ControlResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
