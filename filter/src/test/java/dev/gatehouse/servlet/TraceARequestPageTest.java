package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.controlplane.store.InMemoryStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page is the test: its files are served, its commands are run, and they say what it shows. */
class TraceARequestPageTest {

    private static final Path PAGE = Path.of("../docs/how-to/trace-a-request.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w+)\\n(.*?)```");
    private static final Map<String, String> SECRETS = Map.of(
            "trace.key", "a-key-for-traces-that-is-long-enough",
            "anna.id", "AKIAEXAMPLEANNA01",
            "anna.secret", "a-secret-of-anna-that-is-long-enough");

    @TempDir
    Path folder;

    private final Server server = new Server();
    private Gatehouse gateway;
    private List<MatchResult> blocks;

    @BeforeEach
    void start() throws Exception {
        SECRETS.forEach(System::setProperty);
        blocks = BLOCK.matcher(Files.readString(PAGE)).results().toList();
        Map<String, String> files =
                Map.of("gatehouse.yaml", first("yaml", "apis:"), "greetings.openapi.yaml", first("yaml", "openapi:"));
        gateway = Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream(files.get(name).getBytes(StandardCharsets.UTF_8)))
                .controlPlane(new InMemoryStore())
                .build();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/shop");
        context.addServletContainerInitializer((classes, started) ->
                GatehouseFilter.register(started, "gateway", new GatehouseFilter(gateway), "/apis/*"));
        context.addServlet(new ServletHolder(new ControlPlaneServlet(gateway)), "/control/*");
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() {
        LifeCycle.stop(server);
        gateway.close();
        SECRETS.keySet().forEach(System::clearProperty);
    }

    @Test
    void theCommandsSayWhatThePageShows() throws Exception {
        for (String program : List.of("bash", "curl", "openssl", "jq")) {
            assumeTrue(installed(program), program + " is not installed");
        }
        // behind a mapping the client's target has more in front than the page's
        String script = "set -euo pipefail\n" + all("bash").replace("\"$2\" \"$3\" |", "\"$2\" \"$PREFIX$3\" |");

        assertThat(run(script)).isEqualTo(all("text"));
        assertThat(Files.readAllLines(folder.resolve("times.txt")))
                .hasSize(8)
                .allMatch(line -> line.matches("[0-9.]+ \\w+"));
        assertThat(Files.readString(folder.resolve("trace.json"))).doesNotContain(SECRETS.get("trace.key"));
    }

    private String first(String language, String beginning) {
        return blocks.stream()
                .filter(block ->
                        block.group(1).equals(language) && block.group(2).startsWith(beginning))
                .findFirst()
                .orElseThrow()
                .group(2);
    }

    private String all(String language) {
        StringBuilder all = new StringBuilder();
        blocks.stream().filter(block -> block.group(1).equals(language)).forEach(block -> all.append(block.group(2)));
        return all.toString();
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(System.getProperty("path.separator")))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private String run(String script) throws IOException, InterruptedException {
        String host = "http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        Path said = folder.resolve("said");
        Path complained = folder.resolve("complained");
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectOutput(said.toFile())
                .redirectError(complained.toFile());
        bash.environment()
                .putAll(Map.of(
                        "GATEWAY",
                        host + "/shop/apis",
                        "PREFIX",
                        "/shop/apis",
                        "CONTROL",
                        host + "/shop/control",
                        "TRACE_KEY",
                        SECRETS.get("trace.key"),
                        "ANNA_ID",
                        SECRETS.get("anna.id"),
                        "ANNA_SECRET",
                        SECRETS.get("anna.secret")));
        Process process = bash.start();
        boolean ended = process.waitFor(1, TimeUnit.MINUTES);
        process.destroyForcibly();
        String all = Files.readString(said) + Files.readString(complained);
        assertThat(ended && process.exitValue() == 0).as(all).isTrue();
        return all;
    }
}
