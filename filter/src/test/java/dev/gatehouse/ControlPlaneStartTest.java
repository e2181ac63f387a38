package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.configuration.SecretSource;
import dev.gatehouse.controlplane.control.ControlRequest;
import dev.gatehouse.controlplane.control.ControlResponse;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When there is a control plane, and what is told where there cannot be one. */
class ControlPlaneStartTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));
    private static final String ROOT = """
            identities:
              - arn: arn:aws:iam::000000000000:root
                accessKeyId: {env: KEY}
                secretAccessKey: {env: SECRET}
            """;

    private String file = "";

    @Test
    void thereIsNoneUnlessSomebodyWantsOne() {
        file = ROOT;
        try (Gatehouse gateway = builder().build()) {
            assertThat(gateway.controlPlane()).isEmpty();
        }
    }

    @Test
    void definitionsInADirectoryOutliveTheGateway(@TempDir Path directory) {
        file = ROOT + "controlPlane: {directory: '" + directory.resolve("data") + "'}\n";
        try (Gatehouse gateway = builder().build()) {
            assertThat(call(gateway, "POST", "{\"name\":\"shop\"}", "127.0.0.1").status())
                    .isEqualTo(201);
        }
        try (Gatehouse again = builder().build()) {
            assertThat(text(call(again, "GET", "", "127.0.0.1"))).contains("shop");
        }
    }

    @Test
    void nobodyFromOutsideIsAnsweredUnlessNetworksAreNamed() {
        file = ROOT;
        GatehouseBuilder builder = builder().controlPlane(new InMemoryStore());
        try (Gatehouse gateway = builder.build()) {
            assertThat(call(gateway, "GET", "", "0:0:0:0:0:0:0:1").status()).isEqualTo(200);
            assertThat(call(gateway, "GET", "", "10.1.2.3").status()).isEqualTo(403);
        }
        file = ROOT + "controlPlane: {networks: [10.0.0.0/8]}\n";
        try (Gatehouse gateway = builder.build()) {
            assertThat(call(gateway, "GET", "", "10.1.2.3").status()).isEqualTo(200);
            assertThat(call(gateway, "GET", "", "::ffff:10.1.2.3").status()).isEqualTo(200);
            assertThat(call(gateway, "GET", "", "127.0.0.1").status()).isEqualTo(403);
        }
    }

    @Test
    void redeploymentChangesWhoMayCallAndFromWhereButNotTheStore() {
        file = ROOT + "controlPlane: {}\n";
        try (Gatehouse gateway = builder().controlPlane(new InMemoryStore()).build()) {
            file = ROOT + "    disabled: true\ncontrolPlane: {networks: [10.0.0.0/8]}\n";
            assertThat(gateway.redeploy()).isEmpty();
            assertThat(call(gateway, "GET", "", "127.0.0.1").headers().first("x-amzn-ErrorType"))
                    .isEqualTo("AccessDeniedException");
            assertThat(call(gateway, "GET", "", "10.0.0.1").headers().first("x-amzn-ErrorType"))
                    .isEqualTo("UnrecognizedClientException");

            file = ROOT + "controlPlane: {directory: /var/lib/gatehouse}\n";
            assertThat(gateway.redeploy())
                    .extracting(Object::toString)
                    .containsExactly(
                            "controlPlane#: cannot come, go or change its store while the gateway runs: start it again");
        }
    }

    @Test
    void whatCannotBeStartedIsToldByName(@TempDir Path directory) {
        String place = "controlPlane: {directory: '" + directory + "'}\n";
        file = place;
        assertThatThrownBy(() -> builder().build())
                .hasMessageContaining("controlPlane#: the control plane would let nobody in");
        file = ROOT + "    disabled: true\n" + place;
        assertThatThrownBy(() -> builder().build())
                .hasMessageContaining("controlPlane#: the control plane would let nobody in");
        file = ROOT + "controlPlane: {}\n";
        assertThatThrownBy(() -> builder().build())
                .hasMessageContaining("one of the keys directory, dataSource is missing");
        file = ROOT + place;
        assertThatThrownBy(() -> builder().controlPlane(new InMemoryStore()).build())
                .hasMessageContaining("controlPlane#/directory: the application gives the control plane a store");
        file = ROOT + "controlPlane: {dataSource: 'java:comp/env/jdbc/nothing'}\n";
        assertThatThrownBy(() -> builder().build())
                .hasMessageContaining(
                        "controlPlane#/dataSource: nothing can be found under java:comp/env/jdbc/nothing");
    }

    @Test
    void aDirectoryBelongsToOneProcess(@TempDir Path directory) {
        file = ROOT + "controlPlane: {directory: '" + directory + "'}\n";
        try (Gatehouse first = builder().build()) {
            assertThat(first.controlPlane()).isPresent();
            file = file.replace(
                    directory.toString(), directory.resolve("gatehouse.mv.db").toString());
            assertThatThrownBy(() -> builder().build()).hasMessageContaining("controlPlane#/directory: ");
        }
    }

    private GatehouseBuilder builder() {
        return Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream(
                                ("unmatched: refuse\n" + file).getBytes(StandardCharsets.UTF_8)))
                .secrets(new Keys())
                .clock(CLOCK);
    }

    private static ControlResponse call(Gatehouse gateway, String method, String body, String from) {
        BackendRequest signed = new SigV4Signer(CLOCK)
                .sign(
                        new BackendRequest(
                                method,
                                URI.create("http://127.0.0.1/restapis"),
                                Headers.of("Host", "127.0.0.1"),
                                body.getBytes(StandardCharsets.UTF_8),
                                Duration.ofSeconds(1)),
                        Credentials.of("AKIAEXAMPLEROOT01", "a-secret-that-is-long-enough"),
                        "us-east-1",
                        "apigateway");
        return gateway.controlPlane()
                .orElseThrow()
                .answer(new ControlRequest(
                        method, "/restapis", "/restapis", null, signed.headers(), signed.body(), from, false));
    }

    private static String text(ControlResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static final class Keys implements SecretSource {

        @Override
        public Optional<String> environment(String name) {
            return Optional.of(name.equals("KEY") ? "AKIAEXAMPLEROOT01" : "a-secret-that-is-long-enough");
        }

        @Override
        public Optional<String> property(String name) {
            return Optional.empty();
        }

        @Override
        public String file(String path) {
            return "";
        }
    }
}
