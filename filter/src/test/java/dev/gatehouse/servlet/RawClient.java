package dev.gatehouse.servlet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** HTTP as bytes: no client library corrects what a test wants to send. One object per connection; loopback only. */
final class RawClient implements AutoCloseable {

    /** @param headers name and value as they came, such as {@code Content-Type: text/plain} */
    record Answer(int status, List<String> headers, String body) {

        /** All values of that name, comma-joined; null where there is none. */
        String header(String name) {
            List<String> values = headers.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .toList();
            return values.isEmpty() ? null : String.join(",", values);
        }
    }

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
        socket.setSoTimeout(20_000);
        in = socket.getInputStream();
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** @param rest further lines and the body, from the line after {@code Host} on */
    RawClient request(String method, String target, String rest) throws IOException {
        return send(method + " " + target + " HTTP/1.1\r\nHost: api.example.com\r\n" + rest);
    }

    Answer get(String target, String... headers) throws IOException {
        return request("GET", target, lines(headers) + "\r\n").read(false);
    }

    Answer post(String target, String body, String... headers) throws IOException {
        return request("POST", target, lines(headers) + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .read(false);
    }

    private static String lines(String... headers) {
        StringBuilder lines = new StringBuilder();
        for (String header : headers) {
            lines.append(header).append("\r\n");
        }
        return lines.toString();
    }

    /** @param head whether the request was a HEAD, whose answer has no body whatever its head says */
    Answer read(boolean head) throws IOException {
        String status = line();
        List<String> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.add(line);
        }
        Answer answer = new Answer(Integer.parseInt(status.split(" ")[1]), headers, "");
        if (answer.status() == 100) {
            return read(head);
        }
        boolean none = head || answer.status() == 204 || answer.status() == 304;
        return none ? answer : new Answer(answer.status(), headers, body(answer));
    }

    private String body(Answer answer) throws IOException {
        String length = answer.header("Content-Length");
        if (length != null) {
            return text(in.readNBytes(Integer.parseInt(length)));
        }
        if (!"chunked".equals(answer.header("Transfer-Encoding"))) {
            return text(in.readAllBytes());
        }
        StringBuilder body = new StringBuilder();
        while (true) {
            String chunk = chunk();
            if (chunk.isEmpty()) {
                return body.toString();
            }
            body.append(chunk);
        }
    }

    /** A server may send the line break behind a chunk only with the next one. */
    String chunk() throws IOException {
        String size = line();
        int length = Integer.parseInt(size.isEmpty() ? line() : size, 16);
        String chunk = text(in.readNBytes(length));
        if (length == 0) {
            line();
        }
        return chunk;
    }

    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the connection ended after '" + line + "'");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return text(line.toByteArray());
    }

    /** All there is until the server ends the connection. */
    String rest() throws IOException {
        return text(in.readAllBytes());
    }

    boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
