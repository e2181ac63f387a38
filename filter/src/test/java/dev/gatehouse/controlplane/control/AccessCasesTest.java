package dev.gatehouse.controlplane.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.gatehouse.controlplane.control.AccessCase.Expected;
import dev.gatehouse.controlplane.control.AccessCase.Signature;
import dev.gatehouse.controlplane.control.AccessCase.Signer;
import dev.gatehouse.controlplane.control.AccessCase.Step;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.identity.PrincipalArn;
import dev.gatehouse.engine.identity.UserIds;
import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.policy.PolicyReading;
import dev.gatehouse.engine.policy.PolicyRules;
import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.KeySource.Key;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs {@code src/test/resources/control-access/<statement>.yaml}: a new case needs no Java. */
class AccessCasesTest {

    private static final Path CASES = Path.of("src/test/resources/control-access");
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String ACCESS_KEY_ID = "AKIAEXAMPLEANNA01";
    private static final String SECRET = "a-secret-of-anna-that-is-long-enough";
    private static final String ALLOW_ALL =
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"apigateway:*\",\"Resource\":\"*\"}}";

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void callersAreLetInAsTheCaseSays(String file) throws IOException {
        AccessCase one = YAML.readValue(CASES.resolve(file).toFile(), AccessCase.class);
        assertThat(one.origin()).as("origin").isNotBlank();
        Signer signer = one.identity() == null ? Signer.ANNA : one.identity();
        ControlPlane plane = plane(signer);
        Map<String, String> captured = new HashMap<>();
        for (Step step : one.calls()) {
            run(plane, signer, step, captured);
        }
    }

    private static void run(ControlPlane plane, Signer signer, Step step, Map<String, String> captured)
            throws IOException {
        ControlResponse answer = plane.answer(request(signer, step, captured));
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        String description = step.call() + " was answered " + answer.status() + " " + text;
        Expected expected = step.expect();
        JsonNode json = text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
        String message = json.path("message").asText();
        assertThat(answer.status()).as(description).isEqualTo(expected.status());
        assertThat(answer.headers().first("x-amzn-ErrorType")).as(description).isEqualTo(expected.error());
        if (expected.message() != null) {
            assertThat(message).as(description).isEqualTo(fill(expected.message(), captured));
        }
        if (expected.messageBegins() != null) {
            assertThat(message).as(description).startsWith(expected.messageBegins());
        }
        assertThat(text).doesNotContain(SECRET);
        if (step.capture() != null) {
            step.capture()
                    .forEach((name, pointer) ->
                            captured.put(name, json.at(pointer).asText()));
        }
    }

    private static ControlPlane plane(Signer signer) {
        PrincipalArn principal =
                PrincipalArn.of(signer.arn() == null ? "arn:aws:iam::111111111111:user/anna" : signer.arn());
        boolean root = principal.kind() == PrincipalArn.Kind.ROOT;
        PolicyReading policy = Policy.compile(
                signer.policy() == null ? ALLOW_ALL : signer.policy().toString(), PolicyRules.IDENTITY);
        assertThat(policy.problems()).isEmpty();
        Identity identity = new Identity(
                ACCESS_KEY_ID,
                principal,
                UserIds.of(principal),
                signer.tags() == null ? Map.of() : signer.tags(),
                root ? List.of() : List.of(policy.policy().orElseThrow()));
        Instant expiration = signer.expired() ? NOW.minusSeconds(1) : null;
        IdentitySource identities = signer.unknown()
                ? IdentitySource.NOBODY
                : IdentitySource.of(
                        Map.of(ACCESS_KEY_ID, new Key<>(List.of(SECRET), signer.sessionToken(), expiration, identity)));
        Random random = new Random(42);
        Home home = new Home("111111111111", "eu-west-1", InstantSource.fixed(NOW), random::nextLong);
        return new ControlPlane(
                new InMemoryStore(),
                () -> Declarations.NONE,
                new TestControlPlane.RefusingDataPlane(List.of()),
                new IamGatekeeper(
                        identities, "111111111111", InstantSource.fixed(NOW), address -> address.startsWith("127.")),
                home);
    }

    private static ControlRequest request(Signer signer, Step step, Map<String, String> captured) {
        Signature signature = step.signed() == null ? Signature.RIGHT : step.signed();
        String[] sent = fill(step.call(), captured).split(" ", 2);
        String[] meant = signature.call() == null
                ? sent
                : fill(signature.call(), captured).split(" ", 2);
        byte[] body = bytes(step.body());
        BackendRequest signed = new SigV4Signer(InstantSource.fixed(NOW.minusSeconds(signature.secondsAgo())))
                .sign(
                        new BackendRequest(
                                meant[0],
                                URI.create("http://127.0.0.1:8080" + meant[1]),
                                Headers.of("Host", "127.0.0.1:8080"),
                                signature.body() == null ? body : bytes(signature.body()),
                                Duration.ofSeconds(1)),
                        new Credentials(
                                ACCESS_KEY_ID,
                                signature.secret() == null ? SECRET : signature.secret(),
                                signature.token() == null ? signer.sessionToken() : signature.token()),
                        signature.region() == null ? "eu-west-1" : signature.region(),
                        signature.service() == null ? "apigateway" : signature.service());
        Headers.Builder headers = signed.headers().toBuilder();
        if (step.headers() != null) {
            step.headers().forEach((name, value) -> {
                headers.remove(name);
                if (value != null) {
                    headers.add(name, value);
                }
            });
        }
        int question = sent[1].indexOf('?');
        String path = question < 0 ? sent[1] : sent[1].substring(0, question);
        return new ControlRequest(
                sent[0],
                path,
                path,
                question < 0 ? null : sent[1].substring(question + 1),
                headers.build(),
                body,
                step.from() == null ? "127.0.0.1" : step.from(),
                false);
    }

    private static byte[] bytes(String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    private static String fill(String text, Map<String, String> captured) {
        String filled = text;
        for (Map.Entry<String, String> entry : captured.entrySet()) {
            filled = filled.replace("${" + entry.getKey() + "}", entry.getValue());
        }
        return filled;
    }
}
