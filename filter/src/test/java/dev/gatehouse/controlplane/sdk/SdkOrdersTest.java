package dev.gatehouse.controlplane.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before the library is asked, and a library that does not come back. */
class SdkOrdersTest {

    @TempDir
    private Path workplace;

    private static SdkOrder order(String type, Map<String, String> parameters) {
        try {
            return new SdkOrder(
                    SdkGeneratorTest.definition("shop.api.yaml"),
                    null,
                    Instant.parse("2026-11-22T10:00:00Z"),
                    type,
                    parameters,
                    "https://api1.example.com/prod");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String refusal(GeneratorLibrary library, String type, Map<String, String> parameters) {
        return ((SdkResult.Refused) SdkGenerator.of(library).generate(order(type, parameters))).reason();
    }

    @Test
    void aMissingLibraryIsNamedAsItIsToBeAdded() {
        assertThat(refusal(GeneratorLibrary.at(Path.of("nowhere")), "javascript", Map.of()))
                .contains("org.openapitools:openapi-generator-cli:7.25.0", "org.openapitools:openapi-generator:7.25.0");
    }

    @ParameterizedTest
    @CsvSource({
        "java, service.name, Pet-Shop",
        "java, service.name, ../../etc/cron.d/x",
        "java, service.name, 'A{} class B'",
        "java, java.package-name, com.class.x",
        "java, java.package-name, com..x",
        "java, java.package-name, ../x",
        "java, java.build-system, ant",
        "java, java.group-id, <a/>",
        "java, java.artifact-version, 1..2",
        "java, invoke.url, javascript:alert(1)",
        "java, invoke.url, 'http://a\"b'",
        "java, invoke.url, http://a/?b",
        "ruby, ruby.gem-name, ../../bin/sh",
        "ruby, ruby.gem-version, '1; exit'",
        "swift, classPrefix, ../A",
        "objectivec, classPrefix, A B",
        "android, artifactId, a</artifactId>"
    })
    void valuesThatAreMoreThanANameAreRefused(String type, String name, String value) {
        assertThat(refusal(GeneratorLibrary.at(Path.of("nowhere")), type, Map.of(name, value)))
                .contains("Invalid value of parameter " + name);
    }

    @ParameterizedTest
    @CsvSource({
        "java, service.name java.package-name",
        "android, groupId artifactId artifactVersion invokerPackage",
        "ruby, service.name",
        "swift, classPrefix",
        "objectivec, classPrefix"
    })
    void allMissingParametersAreTold(String type, String missing) {
        String refusal = refusal(GeneratorLibrary.at(Path.of("nowhere")), type, Map.of());

        assertThat(missing.split(" "))
                .allSatisfy(name ->
                        assertThat(refusal).contains("Missing required parameter " + name + " of SDK type " + type));
    }

    @Test
    void parametersAreKnownAndGivenOnce() {
        assertThat(refusal(
                        GeneratorLibrary.at(Path.of("nowhere")),
                        "ruby",
                        Map.of("service.name", "A", "serviceName", "B", "templateDir", "/etc")))
                .contains("service.name is given twice", "SDK type ruby has no parameter templateDir");
    }

    /** Knows the library's classes, and keeps whoever loads one waiting. */
    private static final class SlowLoader extends ClassLoader {

        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        @Override
        public URL getResource(String name) {
            try {
                return URI.create("file:/" + name).toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Class<?> loadClass(String name) throws ClassNotFoundException {
            asked.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new ClassNotFoundException("given up", e);
            }
            throw new ClassNotFoundException(name);
        }
    }

    @Test
    @Timeout(60)
    void oneSdkIsMadeAtATimeAndAFailureLeavesNothing() throws Exception {
        SlowLoader loader = new SlowLoader();
        SdkGenerator generator =
                SdkGenerator.of(GeneratorLibrary.onClassPath(loader), Duration.ofMinutes(1), workplace);
        SdkOrder order = order("javascript", Map.of());
        CompletableFuture<SdkResult> first = CompletableFuture.supplyAsync(() -> generator.generate(order));
        loader.asked.await();

        assertThat(generator.generate(order)).isInstanceOf(SdkResult.Busy.class);
        assertThat(workplace).isNotEmptyDirectory();

        loader.open.countDown();
        assertThat(first.get(30, TimeUnit.SECONDS)).isInstanceOf(SdkResult.Refused.class);
        assertThat(workplace).isEmptyDirectory();
        assertThat(generator.generate(order)).as("there is room again").isInstanceOf(SdkResult.Refused.class);
    }

    @Test
    @Timeout(60)
    void nobodyWaitsForEverAndWhatIsGivenUpLeavesNothing() throws Exception {
        SlowLoader loader = new SlowLoader();
        SdkGenerator generator =
                SdkGenerator.of(GeneratorLibrary.onClassPath(loader), Duration.ofMillis(50), workplace);

        SdkResult result = generator.generate(order("javascript", Map.of()));

        assertThat(result).isInstanceOf(SdkResult.Refused.class);
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(workplace).isEmptyDirectory();
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> files = Files.list(workplace)) {
            return files.findAny().isEmpty();
        }
    }
}
