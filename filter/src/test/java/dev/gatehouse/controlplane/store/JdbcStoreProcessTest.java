package dev.gatehouse.controlplane.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What only shows with a second process. */
class JdbcStoreProcessTest {

    private static final int ROUNDS = 20;

    @TempDir
    Path directory;

    @Test
    void whatWasAcknowledgedSurvivesTheEndOfTheProcessAndNothingIsHalf() throws Exception {
        Random random = new Random(20261122);
        int acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged = writeAndKill(acknowledged + 1, 1 + random.nextInt(30));
            try (JdbcStore store = JdbcStore.in(directory)) {
                List<Entry> left = store.read(reading -> reading.list("left", ""));
                List<Entry> right = store.read(reading -> reading.list("right", ""));

                assertThat(left).extracting(entry -> entry.key().id()).contains("" + acknowledged);
                assertThat(right)
                        .extracting(entry -> entry.key().id())
                        .isEqualTo(left.stream().map(entry -> entry.key().id()).toList());
                assertThat(Stream.concat(left.stream(), right.stream()))
                        .allSatisfy(entry -> assertThat(entry.json())
                                .isEqualTo(StoreWriter.text(
                                        Integer.parseInt(entry.key().id()))));
                assertThat(store.revision()).isEqualTo(left.size());
                acknowledged = Integer.parseInt(left.get(left.size() - 1).key().id());
            }
        }
    }

    @Test
    void aFileInUseByAnotherProcessIsRefused() throws Exception {
        try (JdbcStore store = JdbcStore.in(directory)) {
            Process second = command(true, 1).start();

            assertThat(error(second)).contains("StoreFailedException").contains("already in use");
            assertThat(store.revision()).isZero();
        }
    }

    @Test
    void withoutTheDriverItsArtifactIsNamed() throws Exception {
        assertThat(error(command(false, 1).start()))
                .contains("IllegalStateException")
                .contains("com.h2database:h2");
    }

    /** @return the last number that was acknowledged */
    private int writeAndKill(int first, int pairs) throws IOException {
        Process writer = command(true, first)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int next = first;
        try (BufferedReader said = writer.inputReader(StandardCharsets.US_ASCII)) {
            String line = said.readLine();
            while (line != null) {
                assertThat(line).isEqualTo("" + next);
                next++;
                if (next - first == pairs) {
                    writer.toHandle().destroyForcibly(); // that of the process would close its output as well
                }
                line = said.readLine();
            }
        }
        assertThat(next - first).isGreaterThanOrEqualTo(pairs);
        return next - 1;
    }

    private static String error(Process process) throws IOException, InterruptedException {
        try (BufferedReader said = process.errorReader()) {
            String text = said.lines().collect(Collectors.joining("\n"));
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            return text;
        }
    }

    private ProcessBuilder command(boolean driver, int first) {
        List<Class<?>> needed = driver
                ? List.of(JdbcStore.class, StoreWriter.class, LoggerFactory.class, org.h2.Driver.class)
                : List.of(JdbcStore.class, StoreWriter.class, LoggerFactory.class);
        String classPath = needed.stream()
                .map(type -> Path.of(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                classPath,
                StoreWriter.class.getName(),
                directory.toString(),
                "" + first);
    }
}
