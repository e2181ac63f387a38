package dev.gatehouse.controlplane.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A server of our own from the packages of the distribution, on 127.0.0.1, with its data in a temporary directory. */
final class PostgresServer implements AutoCloseable {

    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");

    private final Path bin;
    private final Path directory;
    private final String password = UUID.randomUUID().toString();
    private final int port;
    private final Thread atExit = new Thread(this::stop);

    private PostgresServer(Path bin) throws Exception {
        this.bin = bin;
        directory = Files.createTempDirectory("gatehouse-postgres");
        Files.writeString(directory.resolve("password"), password);
        if (root()) {
            run(List.of("chown", "-R", user(), directory.toString()));
        }
        run(asUser(
                bin.resolve("initdb").toString(),
                "--pgdata=" + directory.resolve("data"),
                "--username=gatehouse",
                "--pwfile=" + directory.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync"));
        port = freePort();
        run(asUser(
                bin.resolve("pg_ctl").toString(),
                "--pgdata=" + directory.resolve("data"),
                "--log=" + directory.resolve("log"),
                "--options=-c listen_addresses=127.0.0.1 -c port=" + port + " -c unix_socket_directories=''",
                "--wait",
                "start"));
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static boolean installed() throws IOException {
        return bin().isPresent();
    }

    static PostgresServer start() throws Exception {
        return new PostgresServer(bin().orElseThrow());
    }

    /** @return connections that see nothing but a schema of that name, which is new */
    DataSource emptySchema(String name) throws Exception {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + name);
        }
        PGSimpleDataSource source = source();
        source.setCurrentSchema(name);
        return source;
    }

    /** Where a schema is, with everything that it takes to connect. */
    String url(String schema) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=gatehouse&password=" + password
                + "&currentSchema=" + schema;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        stop();
    }

    private PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName("postgres");
        source.setUser("gatehouse");
        source.setPassword(password);
        return source;
    }

    private void stop() {
        try {
            run(asUser(
                    bin.resolve("pg_ctl").toString(),
                    "--pgdata=" + directory.resolve("data"),
                    "--mode=immediate",
                    "--wait",
                    "stop"));
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Optional<Path> bin() throws IOException {
        if (!Files.isDirectory(PACKAGES)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(PACKAGES)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    /** The server refuses to run as root. */
    private static String user() throws IOException {
        return Files.readString(Path.of("/etc/passwd")).lines().anyMatch(line -> line.startsWith("postgres:"))
                ? "postgres"
                : "nobody";
    }

    private static List<String> asUser(String... command) throws IOException {
        List<String> all = new ArrayList<>();
        if (root()) {
            all.addAll(List.of("runuser", "-u", user(), "--"));
        }
        all.addAll(List.of(command));
        return all;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("gatehouse-postgres", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(command + ": " + Files.readString(output, StandardCharsets.UTF_8));
            }
        } finally {
            Files.delete(output);
        }
    }
}
