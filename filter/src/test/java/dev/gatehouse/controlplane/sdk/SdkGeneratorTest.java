package dev.gatehouse.controlplane.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.controlplane.openapi.ImportOptions;
import dev.gatehouse.controlplane.openapi.ImportResult;
import dev.gatehouse.controlplane.openapi.OpenApiImport;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.engine.signature.KeySource.Key;
import dev.gatehouse.engine.signature.SigV4Verifier;
import dev.gatehouse.engine.signature.SignedRequest;
import dev.gatehouse.engine.signature.Verification;
import dev.gatehouse.http.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every type of SDK is made of an API whose author means harm, with the library as it is in production. */
class SdkGeneratorTest {

    private static final Path SCRIPTS = Path.of("src/test/resources/sdk");
    private static final Map<String, Map<String, String>> PARAMETERS = Map.of(
            "java", Map.of("service.name", "Guarded", "java.package-name", "com.example.guarded"),
            "javascript", Map.of("invoke.url", "https://api.example.com/base/"),
            "android",
                    Map.of(
                            "groupId", "com.example",
                            "artifactId", "guarded",
                            "artifactVersion", "1.2.3",
                            "invokerPackage", "com.example.guarded"),
            "ruby", Map.of("serviceName", "Guarded", "ruby.gem-version", "2.0.0"),
            "swift", Map.of("classPrefix", "GUA"),
            "objectivec", Map.of("classPrefix", "GUA"));

    private static final Map<String, byte[]> MADE = new ConcurrentHashMap<>();

    @TempDir
    private static Path workplace;

    @TempDir
    private Path folder;

    private static SdkGenerator generator() {
        return SdkGenerator.of(
                GeneratorLibrary.at(Path.of("target/openapi-generator")), Duration.ofMinutes(2), workplace);
    }

    static ApiDefinition definition(String document) throws IOException {
        return OpenApiImport.read(
                        Files.readAllBytes(SCRIPTS.resolve(document)),
                        document,
                        ImportOptions.of("api1", "eu-west-1", "123456789012", (kind, name) -> kind + name))
                .fold(ImportResult.Imported::definition, rejected -> {
                    throw new AssertionError(rejected.problems().toString());
                });
    }

    private static byte[] made(String type) throws IOException {
        SdkResult result = generator()
                .generate(new SdkOrder(
                        definition("guarded.api.yaml"),
                        null,
                        Instant.parse("2026-11-22T10:00:00Z"),
                        type,
                        PARAMETERS.get(type),
                        "https://api1.example.com/prod"));
        assertThat(result).isInstanceOf(SdkResult.Generated.class);
        assertThat(((SdkResult.Generated) result).fileName()).isEqualTo(type + "_2026-11-22_10-00Z.zip");
        assertThat(workplace).isEmptyDirectory();
        return ((SdkResult.Generated) result).zip();
    }

    private static byte[] once(String type) {
        return MADE.computeIfAbsent(type, missing -> {
            try {
                return made(missing);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "java, pom.xml src/main/java/com/example/guarded/GuardedClient.java"
                + " src/main/java/com/example/guarded/model/Note.java",
        "javascript, package.json src/ApiClient.js src/api/GuardedClassEvilShopApi.js src/model/Note.js",
        "android, pom.xml src/main/java/com/example/guarded/GuardedClassEvilShopClient.java",
        "ruby, guarded-sdk.gemspec lib/guarded-sdk/models/note.rb lib/guarded-sdk/api/guarded_api.rb",
        "swift, Package.swift",
        "objectivec, GUAGuardedClassEvilShopClient.podspec"
    })
    void everyTypeIsMadeAndSaysNothingOfItsOwn(String type, String expected) throws Exception {
        Map<String, byte[]> files = UnpackedSdk.files(once(type));

        assertThat(files).containsKeys(expected.split(" "));
        assertThat(files.keySet()).noneMatch(name -> name.matches("\\..*|.*\\.(sh|jar|bat)|.*travis.*"));
        files.forEach((name, content) -> assertThat(new String(content, StandardCharsets.UTF_8))
                .as(name)
                .doesNotContain("*/ static", "*/ evil", "{ Evil", "\"; evil", "'; evil", "\\u00", "<script", "${evil")
                .doesNotContain("#{evil", "`evil", "\nsystem"));
    }

    @Test
    void theSameOrderGivesTheSameBytes() throws Exception {
        assertThat(made("javascript")).isEqualTo(once("javascript"));
    }

    @Test
    void theCallerMaySayWhereTheStageIsCalled() throws Exception {
        assertThat(UnpackedSdk.files(once("javascript")).get("src/ApiClient.js"))
                .asString(StandardCharsets.UTF_8)
                .contains("basePath = \"https://api.example.com/base\"");
        assertThat(UnpackedSdk.files(once("ruby")).get("lib/guarded-sdk/configuration.rb"))
                .asString(StandardCharsets.UTF_8)
                .contains("api1.example.com");
    }

    @Test
    void javaClientsSignAndSendKeys() throws Exception {
        UnpackedSdk sdk = UnpackedSdk.in(folder, once("java"));
        sdk.put("src/main/java/com/example/guarded/Signed.java", Files.readString(SCRIPTS.resolve("Signed.java")));
        Class<?> program = sdk.compiled("com.example.guarded.Signed");
        try (Listener listener = new Listener()) {
            program.getMethod("send", String.class).invoke(null, listener.address());
            listener.expectSignedThenKeyed();
        }
    }

    @Test
    void javaScriptClientsSignAndSendKeys() throws Exception {
        UnpackedSdk sdk = UnpackedSdk.in(folder, once("javascript"));
        try (Listener listener = new Listener()) {
            sdk.run("signed.mjs", listener.address());
            listener.expectSignedThenKeyed();
        }
    }

    /** Remembers what clients send, and lets our own verifier judge the signatures. */
    private static final class Listener implements AutoCloseable {

        private final List<SignedRequest> received = new CopyOnWriteArrayList<>();
        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

        Listener() throws IOException {
            server.createContext("/", this::answer);
            server.start();
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/a b/prod".replace(" ", "%20");
        }

        private void answer(HttpExchange exchange) throws IOException {
            Headers.Builder headers = Headers.builder();
            exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
            received.add(new SignedRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestHeaders().getFirst("Host"),
                    exchange.getRequestURI().getRawPath(),
                    exchange.getRequestURI().getRawQuery(),
                    headers.build(),
                    exchange.getRequestBody().readAllBytes()));
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }

        void expectSignedThenKeyed() {
            assertThat(received).hasSize(2);
            Key<String> key = new Key<>(List.of("secret"), "a+b/c==", null, "caller");
            SigV4Verifier<String> verifier =
                    new SigV4Verifier<>(id -> Optional.of(key), Clock.systemUTC(), "eu-west-1", "execute-api");
            assertThat(verifier.verify(received.get(0))).isInstanceOf(Verification.Verified.class);
            assertThat(received.get(0).rawPath()).startsWith("/a%20b/prod/signed/it");
            assertThat(new String(received.get(0).body(), StandardCharsets.UTF_8))
                    .contains("ünï");
            assertThat(received.get(1).headers().first("x-api-key")).isEqualTo("key of the plan");
            assertThat(received.get(1).headers().first("X-Token")).isEqualTo("a token");
            assertThat(received.get(1).headers().first("Authorization")).isNull();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
