package dev.gatehouse.dataplane.integration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A backend on loopback that says exactly the bytes it is told to, and remembers the bytes it was sent. One thread, one
 * connection at a time; the connection ends after the answer unless the answer ends in {@link #KEEP_OPEN}.
 */
final class RawServer implements AutoCloseable {

    static final String KEEP_OPEN = "<keep open>";

    private final ServerSocket listener;
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private RawServer(ServerSocket listener) {
        this.listener = listener;
    }

    /** @param answers one per connection; the last one serves every further connection */
    static RawServer answering(String... answers) throws IOException {
        return answering(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answers);
    }

    /** @param listener is closed with this server */
    static RawServer answering(ServerSocket listener, String... answers) {
        RawServer server = new RawServer(listener);
        Thread thread = new Thread(() -> server.run(answers), "raw-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    URI uri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + pathAndQuery);
    }

    /** The next request as it came over the wire; waits for it. */
    String received() throws InterruptedException {
        String request = requests.poll(20, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request arrived");
        }
        return request;
    }

    /** Number of requests that nobody has looked at yet. */
    int waiting() {
        return requests.size();
    }

    private void run(String[] answers) {
        for (int i = 0; !listener.isClosed(); i++) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                String answer = answers[Math.min(i, answers.length - 1)];
                requests.add(readRequest(socket.getInputStream()));
                socket.getOutputStream().write(answer.replace(KEEP_OPEN, "").getBytes(StandardCharsets.ISO_8859_1));
                if (!answer.endsWith(KEEP_OPEN)) {
                    socket.close();
                }
            } catch (IOException e) {
                // The other side gave up on this connection, which is what some tests are about.
            }
        }
    }

    static String readRequest(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("request ended early");
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        int length = text.lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).trim()))
                .findFirst()
                .orElse(0);
        return text + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
