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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that botocore 1.43.11 and the signer of the AWS SDK for JavaScript (Smithy 5.3.5) signed, in headers and queries,
 * with and without session token: all are verified.
 */
class AmazonsSignersTest {

    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
    private static final SigV4Verifier<String> VERIFIER = new SigV4Verifier<>(
            id -> id.equals("AKIDEXAMPLE")
                    ? Optional.of(Key.of("secret", "permanent"))
                    : Optional.of(new Key<>(List.of("secret"), "token/with+signs==", NOON.plusSeconds(1), "temporary")),
            () -> NOON,
            "eu-central-1",
            "execute-api");

    @ParameterizedTest
    @CsvSource({"botocore.json, 200", "smithy.json, 400"})
    void whatTheySignIsVerified(String file, int requests) throws IOException {
        assertThat(signed(file))
                .hasSize(requests)
                .allSatisfy(
                        one -> assertThat(VERIFIER.verify(request(one, ""))).isInstanceOf(Verification.Verified.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"botocore.json", "smithy.json"})
    void andNothingElse(String file) throws IOException {
        assertThat(signed(file))
                .allSatisfy(one ->
                        assertThat(VERIFIER.verify(request(one, "x"))).isInstanceOf(Verification.Rejected.class));
    }

    private static JsonNode signed(String file) throws IOException {
        return new ObjectMapper()
                .readTree(Path.of("src/test/resources/signature", file).toFile());
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
