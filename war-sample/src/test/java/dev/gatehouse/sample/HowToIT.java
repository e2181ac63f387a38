package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages on callers are the test: what their {@code shell} blocks say is said to the sample, from the root of the repository
 * and in one shell for each page, and the {@code text} block behind one is what has to be answered. Three dots stand for anything.
 */
@ArquillianTest
class HowToIT {

    private static final Pattern BLOCK = Pattern.compile("(?s)```shell\\n(.*?)```\\n(?:\\n```text\\n(.*?)```)?");
    private static final String MARK = "--- answered ---";

    @ArquillianResource
    URL base;

    @TempDir
    Path folder;

    @Deployment(testable = false)
    static WebArchive war() {
        return HarbourBooksWar.named("how-to");
    }

    @ParameterizedTest
    @ValueSource(strings = {"protect-with-iam", "lambda-authorizer", "user-pools"})
    void everythingThatThePageShowsHappens(String page) throws Exception {
        assumeTrue(installed("bash") && installed("curl"), "bash or curl is not installed");
        List<MatchResult> blocks = BLOCK.matcher(Files.readString(Path.of("../docs/how-to", page + ".md")))
                .results()
                .filter(block -> installed("aws") || !block.group(1).contains("aws --"))
                .toList();
        StringBuilder script = new StringBuilder();
        List<String> shown = new ArrayList<>();
        for (MatchResult block : blocks) {
            script.append(block.group(1)).append("\necho '").append(MARK).append("'\n");
            shown.add(block.group(2) == null ? "" : block.group(2).strip());
        }

        List<String> said = List.of(run(script.toString()).split(MARK));

        assertThat(said).hasSizeGreaterThan(shown.size());
        assertThat(shown).hasSizeGreaterThan(1);
        for (int i = 0; i < shown.size(); i++) {
            assertThat(said.get(i).strip())
                    .as(blocks.get(i).group(1))
                    .matches(Pattern.compile(Pattern.quote(shown.get(i)).replace("...", "\\E.*\\Q"), Pattern.DOTALL));
        }
    }

    private String run(String script) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", script)
                .directory(Path.of("..").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        bash.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        Process process = bash.start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as(Files.readString(said)).isTrue();
        return Files.readString(said);
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(System.getProperty("path.separator")))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
