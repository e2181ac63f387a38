package dev.gatehouse.servlet;

import dev.gatehouse.http.BodyStream;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the gateway's answer on the wire. */
final class AnswerWriter {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerWriter.class);

    private AnswerWriter() {}

    /** An answer of the shell's own, for what never reached the gateway; it has the shape of the gateway's. */
    static GatewayResponse plain(int status, String message) {
        return GatewayResponse.of(
                status,
                Headers.of("Content-Type", "application/json"),
                ("{\"message\": \"" + message + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes all of it; a stream as it comes, on this thread.
     *
     * @param method the client's verb: HEAD gets the length of a body but no body
     * @throws IOException also where a stream breaks off: the container is not to end the answer as if it were whole
     */
    static void write(GatewayResponse answer, String method, HttpServletResponse response) throws IOException {
        if (answer.body() instanceof GatewayResponse.Body.Stream body) {
            if (head(answer, method, response)) {
                pass(body.stream(), response.getOutputStream());
            } else {
                body.stream().cancel();
            }
        } else if (answer.body() instanceof GatewayResponse.Body.Bytes body && head(answer, method, response)) {
            response.setContentLength(body.bytes().length);
            if (!method.equals("HEAD")) {
                response.getOutputStream().write(body.bytes());
            }
        }
    }

    private static void pass(BodyStream stream, OutputStream out) throws IOException {
        try {
            byte[] bytes = await(stream);
            while (bytes != null) {
                out.write(bytes);
                out.flush();
                bytes = await(stream);
            }
        } catch (IOException | RuntimeException e) {
            stream.cancel();
            throw e;
        }
    }

    private static byte[] await(BodyStream stream) throws IOException {
        try {
            return stream.next().toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while an answer was being streamed", e);
        } catch (ExecutionException e) {
            throw new IOException(
                    "the backend broke off its answer: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** @return whether a body is to follow, or its length */
    static boolean head(GatewayResponse answer, String method, HttpServletResponse response) throws IOException {
        String complaint = complaint(answer);
        if (complaint != null) {
            LOG.error("The gateway's answer cannot be sent: {}", complaint);
            write(plain(500, "Internal server error"), method, response);
            return false;
        }
        response.resetBuffer();
        response.setStatus(answer.status());
        HeaderLines.write(answer.headers(), response);
        boolean streams = answer.body() instanceof GatewayResponse.Body.Stream;
        return answer.status() != 204 && answer.status() != 304 && !(streams && method.equals("HEAD"));
    }

    /** The last gate against response splitting, whoever made the header. */
    private static String complaint(GatewayResponse answer) {
        if (answer.status() < 200 || answer.status() > 999) {
            return "status " + answer.status() + " cannot end an exchange";
        }
        return HeaderLines.complaint(answer.headers());
    }
}
