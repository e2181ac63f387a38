package dev.gatehouse.controlplane.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.configuration.SecretSource;
import dev.gatehouse.controlplane.control.ControlRequest;
import dev.gatehouse.controlplane.control.ControlResponse;
import dev.gatehouse.controlplane.iam.IamCase.Expected;
import dev.gatehouse.controlplane.iam.IamCase.Signer;
import dev.gatehouse.controlplane.iam.IamCase.Step;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Runs {@code src/test/resources/iam/<statement>.yaml}: a new case needs no Java. */
class IamCasesTest {

    private static final Path CASES = Path.of("src/test/resources/iam");
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .disable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));
    private static final String SECRET = "a-secret-that-is-long-enough";
    private static final String STORE_KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final Pattern PLACE = Pattern.compile("\\$\\{(.+?)(?:\\*(\\d+))?}");

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void identitiesAreKeptAsTheCaseSays(String file) throws Exception {
        IamCase one = YAML.readValue(CASES.resolve(file).toFile(), IamCase.class);
        assertThat(one.origin()).as("origin").isNotBlank();
        try (Gatehouse gateway = gateway(one)) {
            Map<String, String> captured = new HashMap<>();
            for (Step step : one.calls()) {
                run(gateway, step, captured);
            }
        }
    }

    private static Gatehouse gateway(IamCase one) throws IOException {
        Map<String, Signer> signers = new LinkedHashMap<>();
        signers.put("root", new Signer("arn:aws:iam::111111111111:root", null));
        if (one.identities() != null) {
            signers.putAll(one.identities());
        }
        StringBuilder yaml = new StringBuilder("accountId: '111111111111'\nregion: eu-west-1\nidentities:\n");
        for (Map.Entry<String, Signer> signer : signers.entrySet()) {
            String arn = signer.getValue().arn();
            yaml.append("  - arn: ")
                    .append(arn == null ? "arn:aws:iam::111111111111:user/" + signer.getKey() : arn)
                    .append("\n    accessKeyId: {env: ")
                    .append(accessKey(signer.getKey()))
                    .append("}\n    secretAccessKey: {env: SECRET}\n");
            if (arn != null && arn.contains(":assumed-role/")) {
                yaml.append("    sessionToken: {env: SECRET}\n");
            }
            if (signer.getValue().policy() != null) {
                yaml.append("    policies: [{document: ")
                        .append(JSON.writeValueAsString(signer.getValue().policy()))
                        .append("}]\n");
            }
        }
        yaml.append(one.plain() ? "controlPlane: {}\n" : "controlPlane: {encryptionKey: {env: STORE_KEY}}\n");
        return Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream(yaml.toString().getBytes(StandardCharsets.UTF_8)))
                .secrets(new Secrets())
                .clock(CLOCK)
                .controlPlane(new InMemoryStore())
                .build();
    }

    private static String accessKey(String signer) {
        return "AKIAEXAMPLE000" + signer.toUpperCase(Locale.ROOT);
    }

    private static final class Secrets implements SecretSource {

        @Override
        public Optional<String> environment(String name) {
            return Optional.of(
                    switch (name) {
                        case "SECRET" -> SECRET;
                        case "STORE_KEY" -> STORE_KEY;
                        default -> name;
                    });
        }

        @Override
        public Optional<String> property(String name) {
            return Optional.empty();
        }

        @Override
        public String file(String path) {
            throw new AssertionError(path);
        }
    }

    private static void run(Gatehouse gateway, Step step, Map<String, String> captured) throws Exception {
        ControlResponse answer = gateway.controlPlane().orElseThrow().answer(request(step, captured));
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        String description = step + " was answered " + answer.status() + " " + text;
        Expected expected = step.expect();
        assertThat(answer.status()).as(description).isEqualTo(expected.status());
        assertThat(answer.headers().first("x-amzn-RequestId")).as(description).isNotNull();
        boolean json = step.get() != null || "apigateway".equals(step.service());
        Map<String, String> error = json ? ofJson(answer, text) : Map.of();
        Document xml = json ? null : xml(text);
        if (!json) {
            assertThat(answer.headers().first("Content-Type")).isEqualTo("text/xml");
            assertThat(values(xml, "RequestId")).isEqualTo(answer.headers().first("x-amzn-RequestId"));
        }
        assertThat(json ? error.get("code") : values(xml, "Code"))
                .as(description)
                .isEqualTo(expected.code());
        if (expected.message() != null) {
            assertMatches(
                    json ? error.get("message") : values(xml, "Message"),
                    fill(expected.message(), captured),
                    description);
        }
        if (expected.values() != null) {
            expected.values()
                    .forEach((name, value) ->
                            assertMatches(values(xml, name), fill(value, captured), description + ": " + name));
        }
        if (expected.absent() != null) {
            expected.absent()
                    .forEach(name ->
                            assertThat(values(xml, name)).as(description).isNull());
        }
        if (step.capture() != null) {
            step.capture().forEach((name, element) -> captured.put(name, values(xml, element)));
        }
    }

    private static Map<String, String> ofJson(ControlResponse answer, String text) throws IOException {
        JsonNode body = text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
        Map<String, String> error = new HashMap<>();
        error.put("code", answer.headers().first("x-amzn-ErrorType"));
        error.put("message", body.path("message").asText());
        return error;
    }

    private static void assertMatches(String actual, String expected, String description) {
        if (expected.startsWith("~")) {
            assertThat(actual).as(description).matches(expected.substring(1));
        } else {
            assertThat(actual).as(description).isEqualTo(expected);
        }
    }

    /** @return null where there is no such element */
    private static String values(Document xml, String name) {
        NodeList found = xml.getElementsByTagName(name);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent());
        }
        return texts.isEmpty() ? null : String.join(",", texts);
    }

    private static Document xml(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static ControlRequest request(Step step, Map<String, String> captured) {
        String target = step.get() != null ? "GET " + step.get() : step.target() == null ? "POST /" : step.target();
        String[] verbAndPath = target.split(" ", 2);
        byte[] body = body(step, captured).getBytes(StandardCharsets.UTF_8);
        String as = step.as() == null ? "root" : step.as();
        boolean session = as.equals("session");
        BackendRequest signed = new SigV4Signer(CLOCK)
                .sign(
                        new BackendRequest(
                                verbAndPath[0],
                                URI.create("http://127.0.0.1:8080" + verbAndPath[1]),
                                Headers.of("Host", "127.0.0.1:8080"),
                                body,
                                Duration.ofSeconds(1)),
                        new Credentials(
                                step.key() == null ? accessKey(as) : fill(step.key(), captured),
                                step.secret() == null ? SECRET : fill(step.secret(), captured),
                                session ? SECRET : null),
                        "us-east-1",
                        step.service() != null ? step.service() : step.get() == null ? "iam" : "apigateway");
        int question = verbAndPath[1].indexOf('?');
        String path = question < 0 ? verbAndPath[1] : verbAndPath[1].substring(0, question);
        return new ControlRequest(
                verbAndPath[0],
                path,
                path,
                question < 0 ? null : verbAndPath[1].substring(question + 1),
                signed.headers(),
                body,
                "127.0.0.1",
                false);
    }

    private static String body(Step step, Map<String, String> captured) {
        if (step.form() != null) {
            return fill(step.form(), captured);
        }
        if (step.call() == null) {
            return "";
        }
        Map<String, String> parameters = new LinkedHashMap<>(step.call());
        parameters.putIfAbsent("Version", "2010-05-08");
        return parameters.entrySet().stream()
                .map(one ->
                        one.getKey() + "=" + URLEncoder.encode(fill(one.getValue(), captured), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String fill(String text, Map<String, String> captured) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(
                        place.group(2) == null
                                ? captured.getOrDefault(place.group(1), place.group())
                                : place.group(1).repeat(Integer.parseInt(place.group(2)))));
    }
}
