package dev.gatehouse.engines;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A service in a process of its own on the loopback interface, started once for all tests; it ends with this process. */
record Engine(Process process, int port) {

    private static final Map<String, Engine> STARTED = new ConcurrentHashMap<>();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** @param name of a folder below {@code src/it/engines} */
    static Engine of(String name) {
        return STARTED.computeIfAbsent(name, Engine::start);
    }

    private static Engine start(String name) {
        Path classPath = Path.of("target/engines", name, "classpath");
        if (!Files.exists(classPath)) {
            throw new IllegalStateException(
                    classPath + " is missing; mvn verify makes it before the integration tests");
        }
        try {
            Process process = new ProcessBuilder(
                            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                            "-XX:TieredStopAtLevel=1",
                            "-Xlog:disable",
                            "-cp",
                            Files.readString(classPath).strip(),
                            Path.of("src/it/engines", name, "Start.java").toString())
                    .redirectErrorStream(true)
                    .start();
            return new Engine(process, port(name, process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The engine says its port when it is ready, or ends; what it says after that is read away. */
    private static int port(String name, Process process) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        List<String> said = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            if (line.startsWith("port ")) {
                Thread drain = new Thread(() -> output.lines().forEach(ignored -> {}), "output of " + name);
                drain.setDaemon(true);
                drain.start();
                return Integer.parseInt(line.substring("port ".length()));
            }
        }
        throw new IllegalStateException(name + " did not start:\n" + String.join("\n", said));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** A call past the gateway, to prepare something; fails unless the engine takes it. */
    String ask(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }
}
