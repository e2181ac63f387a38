package dev.gatehouse.dataplane.integration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A backend on loopback that answers nobody before a given number of clients has asked. One thread, any number of sockets. */
public final class PatientBackend implements AutoCloseable {

    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final List<SocketChannel> asking = new ArrayList<>();
    private final int expected;

    public PatientBackend(int expected) throws IOException {
        this.expected = expected;
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), expected);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        Thread thread = new Thread(this::run, "patient-backend");
        thread.setDaemon(true);
        thread.start();
    }

    public URI uri() throws IOException {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) listener.getLocalAddress()).getPort() + "/");
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select(this::serve);
            }
        } catch (IOException | RuntimeException e) {
            // Closed while waiting: the test is over.
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel client = listener.accept();
                client.configureBlocking(false);
                client.register(selector, SelectionKey.OP_READ);
            } else if (key.isReadable()) {
                key.interestOps(0);
                SocketChannel client = (SocketChannel) key.channel();
                // Small enough to arrive as a whole on loopback; a client that leaves is not counted.
                if (client.read(ByteBuffer.allocate(4096)) > 0) {
                    asking.add(client);
                }
                if (asking.size() == expected) {
                    for (SocketChannel each : asking) {
                        each.write(ByteBuffer.wrap(ANSWER));
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
