package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

/** A gateway in a process of its own, to be killed: nothing of it is left but what lies in its folder. */
final class ChildServer {

    private final Process process;

    private ChildServer(Process process) {
        this.process = process;
    }

    /** @param main has the folder as its argument, and says its port when it serves */
    static ChildServer start(Class<?> main, Path folder) throws IOException {
        return new ChildServer(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Waits for it to serve. To be asked once. */
    int port() throws IOException {
        String port = process.inputReader().readLine();
        assertThat(port).as("port of a process that has started").isNotNull();
        return Integer.parseInt(port);
    }

    /** As by {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
