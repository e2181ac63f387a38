package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page is the test: its files are served, its commands are run with Amazon's own CLI, and they say what it shows. */
class HandOutAccessKeysPageTest {

    private static final Path PAGE = Path.of("../docs/how-to/hand-out-access-keys.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w+)\\n(.*?)```");

    @TempDir
    Path folder;

    private List<MatchResult> blocks;

    @Test
    void theCommandsSayWhatThePageShows() throws Exception {
        for (String program : List.of("bash", "curl", "aws")) {
            assumeTrue(installed(program), program + " is not installed");
        }
        blocks = BLOCK.matcher(Files.readString(PAGE)).results().toList();
        String configuration = blocks("yaml").get(0);
        Path data = folder.resolve("data");
        Map<String, String> files = Map.of(
                "gatehouse.yaml", configuration.replace("/var/lib/gatehouse", "'" + data + "'"),
                "reports.openapi.yaml", blocks("yaml").get(1));

        try (IdentityStoreServer server = new IdentityStoreServer(files, UnaryOperator.identity())) {
            assertThat(run(server, "set -euo pipefail\n" + String.join("", blocks("bash"))))
                    .isEqualTo(String.join("", blocks("text")));
        }
    }

    private List<String> blocks(String language) {
        return blocks.stream()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(System.getProperty("path.separator")))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private String run(IdentityStoreServer server, String script) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Path complained = folder.resolve("complained");
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectOutput(said.toFile())
                .redirectError(complained.toFile());
        bash.environment()
                .putAll(Map.of(
                        "GATEWAY",
                        server.apis(),
                        "CONTROL",
                        server.control(),
                        "OPERATOR_ID",
                        IdentityStoreServer.OPERATOR_ID,
                        "OPERATOR_SECRET",
                        IdentityStoreServer.OPERATOR_SECRET,
                        "AWS_EC2_METADATA_DISABLED",
                        "true"));
        Process process = bash.start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        String all = Files.readString(said) + Files.readString(complained);
        assertThat(ended && process.exitValue() == 0).as(all).isTrue();
        return all;
    }
}
