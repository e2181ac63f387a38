package dev.gatehouse.servlet;

import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Processor time and bytes that one request costs a server, all of HTTP included: the filter beside a bare servlet, and the HTTP proxy
 * beside Jetty's. The servers are processes on loopback and take turns, so that whatever else the machine does meets all of them; of
 * each row the median round counts. Arguments: rounds and requests a round; 9 and 20000 where there are none.
 */
public final class ServerCost {

    static final String KEY = "a-key-of-more-than-twenty-characters";

    private static final int CONNECTIONS = 8;

    private ServerCost() {}

    /** A server and what it is asked. */
    private record Row(String name, Server server, String path) {}

    private record Cost(double micros, double bytes) {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
        int requests = args.length > 1 ? Integer.parseInt(args[1]) : 20_000;
        try (Server backend = Server.start("servlet");
                Server servlet = Server.start("servlet");
                Server filters = Server.start("filters");
                Server proxy = Server.start("proxy", backend.address());
                Server gatehouse = Server.start("gatehouse", backend.address())) {
            List<Row> rows = List.of(
                    new Row("bare servlet", servlet, "/books"),
                    new Row("eight empty filters before it", filters, "/books"),
                    new Row("Gatehouse before it", gatehouse, "/plain"),
                    new Row("the same, with API key, throttle and quota", gatehouse, "/keyed"),
                    new Row("the same, with a signature and a policy", gatehouse, "/signed"),
                    new Row("MOCK with a loop of ten in its template", gatehouse, "/mock"),
                    new Row("Lambda proxy, function in the same process", gatehouse, "/lambda"),
                    new Row("Jetty's AsyncProxyServlet", proxy, "/books"),
                    new Row("Gatehouse's HTTP proxy", gatehouse, "/proxied"));
            List<List<Cost>> costs = new ArrayList<>();
            rows.forEach(row -> costs.add(new ArrayList<>()));
            for (int round = -4; round < rounds; round++) {
                for (int i = 0; i < rows.size(); i++) {
                    Cost cost = measure(rows.get(i), requests);
                    if (round >= 0) {
                        costs.get(i).add(cost);
                    }
                }
            }
            for (int i = 0; i < rows.size(); i++) {
                print(rows.get(i), costs.get(i));
            }
        }
    }

    private static void print(Row row, List<Cost> costs) {
        double[] micros = costs.stream().mapToDouble(Cost::micros).sorted().toArray();
        double[] bytes = costs.stream().mapToDouble(Cost::bytes).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%-45s %7.1f us (%.1f to %.1f) %8.0f B%n",
                row.name(),
                micros[micros.length / 2],
                micros[0],
                micros[micros.length - 1],
                bytes[bytes.length / 2]);
    }

    private static Cost measure(Row row, int requests) throws IOException {
        byte[] request = request(row);
        List<Connection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(new Connection(row.server().port));
            }
            long[] before = row.server().used();
            for (int sent = 0; sent < requests; sent += CONNECTIONS) {
                for (Connection connection : connections) {
                    connection.socket.getOutputStream().write(request);
                }
                for (Connection connection : connections) {
                    connection.read();
                }
            }
            long[] after = row.server().used();
            return new Cost(
                    (after[0] - before[0]) / 1000.0 / requests, (after[1] - before[1]) / (double) requests);
        } finally {
            for (Connection connection : connections) {
                connection.socket.close();
            }
        }
    }

    private static byte[] request(Row row) {
        URI uri = URI.create(row.server().address() + row.path());
        BackendRequest request = new BackendRequest(
                "GET",
                uri,
                Headers.of("Accept", "application/json", "x-api-key", KEY),
                new byte[0],
                Duration.ofSeconds(1));
        if (row.path().equals("/signed")) {
            request = new SigV4Signer(InstantSource.system())
                    .sign(
                            request,
                            Credentials.of(MeasuredServer.ACCESS_KEY, MeasuredServer.SECRET),
                            "eu-central-1",
                            "execute-api");
        }
        StringBuilder text = new StringBuilder("GET " + row.path() + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n");
        request.headers().forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** One that is kept alive. */
    private static final class Connection {

        private final Socket socket;
        private final DataInputStream in;
        private final byte[] buffer = new byte[16 * 1024];

        Connection(int port) throws IOException {
            socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            in = new DataInputStream(socket.getInputStream());
        }

        void read() throws IOException {
            int length = 0;
            int end = -1;
            while (end < 0) {
                int some = in.read(buffer, length, buffer.length - length);
                if (some < 0) {
                    throw new IOException("the server hung up");
                }
                length += some;
                end = endOfHeaders(length);
            }
            String head = new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
            int at = head.toLowerCase(Locale.ROOT).indexOf("\r\ncontent-length: ");
            if (!head.startsWith("HTTP/1.1 200 ") || at < 0) {
                throw new IOException(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
            }
            int from = at + "\r\ncontent-length: ".length();
            int body = Integer.parseInt(head.substring(from, head.indexOf("\r\n", from)));
            in.readFully(buffer, length, end + body - length);
        }

        private int endOfHeaders(int length) {
            for (int i = 3; i < length; i++) {
                if (buffer[i] == '\n' && buffer[i - 2] == '\n') {
                    return i + 1;
                }
            }
            return -1;
        }
    }

    private static final class Server implements AutoCloseable {

        private final Process process;
        private final BufferedReader out;
        private final int port;

        private Server(Process process) throws IOException {
            this.process = process;
            InputStream stream = process.getInputStream();
            out = new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII));
            String line = out.readLine();
            while (line != null && !line.matches("\\d+")) {
                line = out.readLine();
            }
            if (line == null) {
                throw new IOException("the server did not start");
            }
            port = Integer.parseInt(line);
        }

        static Server start(String... arguments) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    System.getProperty("java.home") + "/bin/java",
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                    "-cp",
                    System.getProperty("java.class.path"),
                    MeasuredServer.class.getName()));
            command.addAll(Arrays.asList(arguments));
            return new Server(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }

        String address() {
            return "http://127.0.0.1:" + port;
        }

        /** Nanoseconds of processor time and bytes of heap since the process began. */
        long[] used() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            return Arrays.stream(out.readLine().split(" ")).mapToLong(Long::parseLong).toArray();
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
