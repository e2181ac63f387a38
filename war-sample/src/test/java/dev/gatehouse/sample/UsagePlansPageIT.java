package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page is the test: its {@code bash} is run as one script, and says what the {@code text} behind each block shows. */
@ArquillianTest
class UsagePlansPageIT {

    private static final Path PAGE = Path.of("../docs/how-to/usage-plans-of-the-sample.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```(bash|text)\\n(.*?)```");
    private static final String END_OF_BLOCK = "--- end of block ---";

    @ArquillianResource
    URL base;

    @TempDir
    Path folder;

    @Deployment(testable = false)
    static WebArchive war() {
        return HarbourBooksWar.named("plans");
    }

    @Test
    void everythingThatThePageShowsHappens() throws Exception {
        assumeTrue(installed("aws"), "the AWS CLI is not installed");
        assumeTrue(installed("bash") && installed("curl"), "bash or curl is not installed");
        String here = base.toString().replaceAll("/$", "");
        String page = Files.readString(PAGE).replace("http://127.0.0.1:8080", here);

        List<String> said = List.of(run(blocks(page, "bash").stream()
                        .map(commands -> commands + "echo '" + END_OF_BLOCK + "'\n")
                        .collect(Collectors.joining("", "set -eu\n", "")))
                .split(END_OF_BLOCK));

        assertThat(said.stream().map(UsagePlansPageIT::lines).filter(lines -> !lines.isEmpty()))
                .containsExactlyElementsOf(blocks(page, "text").stream()
                        .map(UsagePlansPageIT::lines)
                        .toList())
                .hasSizeGreaterThan(6);
    }

    private static List<String> blocks(String page, String language) {
        return BLOCK.matcher(page)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map((MatchResult block) -> block.group(2))
                .toList();
    }

    /** Tools align what they print. */
    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private String run(String script) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "AWS_ACCESS_KEY_ID",
                        System.getenv("HARBOUR_ACCESS_KEY_ID"),
                        "AWS_SECRET_ACCESS_KEY",
                        System.getenv("HARBOUR_SECRET_ACCESS_KEY"),
                        "AWS_DEFAULT_REGION",
                        "eu-central-1",
                        "AWS_EC2_METADATA_DISABLED",
                        "true"));
        Process process = builder.start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended)
                .as("ended within two minutes, and said until then: " + said)
                .isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
