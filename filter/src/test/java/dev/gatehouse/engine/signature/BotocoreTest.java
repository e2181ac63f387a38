package dev.gatehouse.engine.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.engine.signature.KeySource.Key;
import dev.gatehouse.http.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests that botocore 1.43.11 signed, in headers and queries, with and without session token: all are verified. */
class BotocoreTest {

    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
    private static final SigV4Verifier<String> VERIFIER = new SigV4Verifier<>(
            id -> id.equals("AKIDEXAMPLE")
                    ? Optional.of(Key.of("secret", "permanent"))
                    : Optional.of(new Key<>(List.of("secret"), "token/with+signs==", NOON.plusSeconds(1), "temporary")),
            () -> NOON,
            "eu-central-1",
            "execute-api");

    @Test
    void whatBotocoreSignsIsVerified() throws IOException {
        JsonNode all = new ObjectMapper()
                .readTree(Path.of("src/test/resources/signature/botocore.json").toFile());

        assertThat(all)
                .hasSize(200)
                .allSatisfy(
                        one -> assertThat(VERIFIER.verify(request(one, ""))).isInstanceOf(Verification.Verified.class));
    }

    @Test
    void andNothingElse() throws IOException {
        JsonNode all = new ObjectMapper()
                .readTree(Path.of("src/test/resources/signature/botocore.json").toFile());

        assertThat(all)
                .allSatisfy(one ->
                        assertThat(VERIFIER.verify(request(one, "x"))).isInstanceOf(Verification.Rejected.class));
    }

    private static SignedRequest request(JsonNode one, String more) {
        Headers.Builder headers = Headers.builder();
        one.get("headers")
                .forEach(
                        line -> headers.add(line.get(0).textValue(), line.get(1).textValue()));
        return new SignedRequest(
                one.get("method").textValue(),
                "h.example",
                one.get("path").textValue() + more,
                one.get("query").textValue(),
                headers.build(),
                one.get("body").textValue().getBytes(StandardCharsets.UTF_8));
    }
}
