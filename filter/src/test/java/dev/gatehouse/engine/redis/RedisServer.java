package dev.gatehouse.engine.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A server of our own from the packages of the distribution, on 127.0.0.1, with its data in a temporary directory. */
public final class RedisServer implements AutoCloseable {

    /** Another one, such as that of Valkey, may be named. */
    private static final Path PROGRAM = Path.of(System.getProperty("redis.server", "/usr/bin/redis-server"));

    private final Path directory;
    private final int port;
    private final List<String> options;
    private final Thread atExit = new Thread(this::kill);
    private Process process;

    private RedisServer(List<String> options) throws Exception {
        this.directory = Files.createTempDirectory("gatehouse-redis");
        this.port = freePort();
        this.options = options;
        Runtime.getRuntime().addShutdownHook(atExit);
        startAgain();
    }

    /** Skips a test where there is none. */
    public static void assumeInstalled() {
        Assumptions.assumeTrue(
                Files.isExecutable(PROGRAM), "Redis is not installed: no " + PROGRAM + " (package redis-server)");
    }

    /** @param options beyond the address and the directory; {@code PORT} among them stands for the port */
    public static RedisServer start(String... options) throws Exception {
        return new RedisServer(List.of(options));
    }

    /** The same server, after {@link #kill}, with what it has kept. */
    public void startAgain() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                PROGRAM.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                directory.toString(),
                "--save",
                ""));
        options.forEach(option -> command.add(option.equals("PORT") ? Integer.toString(port) : option));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(Files.readString(directory.resolve("log")));
            }
            Thread.onSpinWait();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code kill -9}. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** The process stands still; its socket does not. */
    public void pause() throws Exception {
        signal("STOP");
    }

    public void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    public RedisSettings settings(Duration timeout) {
        return new RedisSettings(uri(), null, null, null, timeout, "gatehouse:");
    }

    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    /** Whether a text is anywhere in what the server holds, keys and values. */
    public boolean contains(String text) {
        try (RedisLine line = Redis.open(settings(Duration.ofSeconds(10)))) {
            RedisLines.awaitConnected(line);
            for (String key :
                    line.ask(redis -> redis.keys("*")).toCompletableFuture().get(10, TimeUnit.SECONDS)) {
                byte[] dump =
                        line.ask(redis -> redis.dump(key)).toCompletableFuture().get(10, TimeUnit.SECONDS);
                if (key.contains(text) || new String(dump, StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(atExit);
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
