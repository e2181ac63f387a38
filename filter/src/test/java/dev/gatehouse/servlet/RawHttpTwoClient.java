package dev.gatehouse.servlet;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * HTTP/2 as frames, without TLS and without an upgrade (RFC 9113, section 3.3): header fields are written as they are, without
 * compression and without a thought. One object per connection, one request on it; loopback only.
 */
final class RawHttpTwoClient implements AutoCloseable {

    /** What became of the request. */
    enum Outcome {
        /** With status 200. */
        SERVED,
        /** With another status. */
        REFUSED,
        /** The stream was reset, or the connection ended. */
        BROKEN_OFF
    }

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int STREAM = 1;

    /** {@code :status: 200}, the eighth entry of the static table. */
    private static final int STATUS_200 = 0x88;

    private static final Map<String, Integer> PSEUDO = Map.of(":authority", 1, ":method", 2, ":path", 4, ":scheme", 6);

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    RawHttpTwoClient(int port) throws IOException {
        socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
        out.write(bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    /**
     * @param fields name and value by turns, pseudo-header fields among them, in their order
     * @param body null for a request that ends with its header fields
     */
    Outcome send(List<String> fields, String body) throws IOException {
        try {
            frame(HEADERS, END_HEADERS | (body == null ? END_STREAM : 0), STREAM, block(fields));
            if (body != null) {
                frame(DATA, END_STREAM, STREAM, bytes(body));
            }
            out.flush();
            return read();
        } catch (EOFException | SocketException ended) {
            return Outcome.BROKEN_OFF;
        }
    }

    private Outcome read() throws IOException {
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = in.readNBytes(length);
            if (type == SETTINGS && (flags & ACK) == 0) {
                frame(SETTINGS, ACK, 0, new byte[0]);
                out.flush();
            } else if (type == GOAWAY || type == RST_STREAM && stream == STREAM) {
                return Outcome.BROKEN_OFF;
            } else if (type == HEADERS && stream == STREAM) {
                return status(payload) == STATUS_200 ? Outcome.SERVED : Outcome.REFUSED;
            }
        }
    }

    /** The first field is the status; a change of the table's size may stand before it. */
    private static int status(byte[] block) {
        int at = 0;
        while ((block[at] & 0xe0) == 0x20) {
            at += (block[at] & 0x1f) == 0x1f ? 3 : 1;
        }
        return block[at] & 0xff;
    }

    /** Literals that nobody is to remember; the pseudo-header fields by the static table, all others by name (RFC 7541, section 6.2.2). */
    private static byte[] block(List<String> fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.size(); i++) {
            int known = i % 2 == 0 ? PSEUDO.getOrDefault(fields.get(i), 0) : -1;
            if (known >= 0) {
                block.write(known);
            }
            if (known > 0) {
                continue;
            }
            byte[] text = bytes(fields.get(i));
            length(block, text.length);
            block.writeBytes(text);
        }
        return block.toByteArray();
    }

    /** RFC 7541, section 5.1, behind one bit. */
    private static void length(ByteArrayOutputStream block, int length) {
        if (length < 127) {
            block.write(length);
            return;
        }
        block.write(127);
        int rest = length - 127;
        while (rest >= 128) {
            block.write(rest % 128 + 128);
            rest /= 128;
        }
        block.write(rest);
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
