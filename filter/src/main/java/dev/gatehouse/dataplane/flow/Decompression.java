package dev.gatehouse.dataplane.flow;

import dev.gatehouse.http.PayloadTooLargeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Undoes a request's {@code Content-Encoding} before anything looks at the body (API Gateway developer guide). */
final class Decompression {

    /** A coding nobody knows, or data that is not what the coding says. */
    static final class UnknownCodingException extends RuntimeException {
        UnknownCodingException(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * A body of several members, as RFC 1952 allows. Where one is empty, the JDK reads on in the next by calling itself, and a
     * small body has room for a hundred thousand of them.
     */
    private static final class Members extends GZIPInputStream {

        private static final int MOST_EMPTY = 100;

        private int depth;

        Members(InputStream compressed) throws IOException {
            super(compressed);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (depth > MOST_EMPTY) {
                throw new IOException("more than " + MOST_EMPTY + " empty members in a row");
            }
            depth++;
            try {
                return super.read(target, offset, length);
            } finally {
                depth--;
            }
        }
    }

    private Decompression() {}

    /** @throws PayloadTooLargeException where the body grows over the limit: a small bomb stays small here */
    static byte[] of(String coding, byte[] body, int limit) {
        if (coding == null || body.length == 0) {
            return body;
        }
        InputStream compressed = new ByteArrayInputStream(body);
        try {
            return switch (coding.trim().toLowerCase(Locale.ROOT)) {
                case "identity", "" -> body;
                case "gzip" -> readAll(new Members(compressed), limit);
                case "deflate" -> readAll(new InflaterInputStream(compressed), limit);
                default -> throw new UnknownCodingException("Content-Encoding '" + coding + "'");
            };
        } catch (IOException e) {
            throw new UnknownCodingException("the body is not " + coding + ": " + e.getMessage());
        }
    }

    private static byte[] readAll(InputStream in, int limit) throws IOException {
        try (in) {
            byte[] plain = in.readNBytes(limit + 1);
            if (plain.length > limit) {
                throw new PayloadTooLargeException(limit);
            }
            return plain;
        }
    }
}
