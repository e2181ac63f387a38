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
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the programs of {@code docs/how-to/amazons-tools} as they stand there: all of them do and say the same. */
class AmazonsToolsTest {

    private static final Path PROGRAMS = Path.of("../docs/how-to/amazons-tools").toAbsolutePath();
    private static final List<String> SAID =
            List.of("without a key: {\"message\":\"Forbidden\"}", "with a key: [\"Rex\", \"Mia\"]");

    @TempDir
    Path folder;

    private RunningControlPlane running;

    @BeforeEach
    void start() throws Exception {
        running = new RunningControlPlane();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void theAwsCliDoesWhatTheHowToSays() throws Exception {
        assumeTrue(installed("aws"), "the AWS CLI is not installed");
        assumeTrue(installed("bash") && installed("curl"), "bash or curl is not installed");

        assertThat(said("bash", PROGRAMS.resolve("pets.sh").toString()))
                .startsWith(SAID.toArray(String[]::new))
                .endsWith("gone: 403");
    }

    @Test
    void theSdkForJavaDoesWhatTheHowToSays() throws Exception {
        String classPath = System.getProperty("java.class.path");
        int errors = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-classpath",
                        classPath,
                        "-d",
                        folder.toString(),
                        PROGRAMS.resolve("Pets.java").toString());
        assertThat(errors).isZero();

        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertThat(said(java, "-classpath", folder + System.getProperty("path.separator") + classPath, "Pets"))
                .startsWith(SAID.toArray(String[]::new))
                .endsWith("gone: 404");
    }

    @Test
    void theSdkForJavaScriptDoesWhatTheHowToSays() throws Exception {
        assumeTrue(installed("node") && installed("npm"), "Node.js or npm is not installed");
        for (String file : List.of("pets.mjs", "package.json", "package-lock.json")) {
            Files.copy(PROGRAMS.resolve(file), folder.resolve(file));
        }
        assumeTrue(
                run("npm", "ci", "--no-audit", "--no-fund", "--silent").exitCode() == 0,
                "npm cannot install @aws-sdk/client-api-gateway");

        assertThat(said("node", "pets.mjs"))
                .startsWith(SAID.toArray(String[]::new))
                .endsWith("gone: 404");
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(System.getProperty("path.separator")))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private List<String> said(String... command) throws IOException, InterruptedException {
        Run run = run(command);
        assertThat(run.exitCode()).as(run.output() + run.errors()).isZero();
        return run.output().lines().toList();
    }

    private record Run(int exitCode, String output, String errors) {}

    private Run run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "GATEHOUSE_CONTROL",
                        running.control().toString(),
                        "GATEHOUSE_APIS",
                        running.apis() + "/restapis",
                        "AWS_ACCESS_KEY_ID",
                        RunningControlPlane.ACCESS_KEY_ID,
                        "AWS_SECRET_ACCESS_KEY",
                        RunningControlPlane.SECRET_ACCESS_KEY,
                        "AWS_REGION",
                        "eu-west-1",
                        "AWS_DEFAULT_REGION",
                        "eu-west-1",
                        "AWS_EC2_METADATA_DISABLED",
                        "true"));
        Process process = builder.start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        String text = Files.readString(output);
        String complaints = Files.readString(errors);
        assertThat(ended)
                .as("ended within two minutes, and said until then: " + text + complaints)
                .isTrue();
        return new Run(process.exitValue(), text, complaints);
    }
}
