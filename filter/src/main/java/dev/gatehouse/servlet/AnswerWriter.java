package dev.gatehouse.servlet;

import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    /** @param method the client's verb: HEAD gets the length of a body but no body */
    static void write(GatewayResponse answer, String method, HttpServletResponse response) throws IOException {
        if (!(answer.body() instanceof GatewayResponse.Body.Bytes body)) {
            return;
        }
        String complaint = complaint(answer);
        if (complaint != null) {
            LOG.error("The gateway's answer cannot be sent: {}", complaint);
            write(plain(500, "Internal server error"), method, response);
            return;
        }
        response.resetBuffer();
        response.setStatus(answer.status());
        HeaderLines.write(answer.headers(), response);
        if (answer.status() == 204 || answer.status() == 304) {
            return;
        }
        response.setContentLength(body.bytes().length);
        if (!method.equals("HEAD")) {
            response.getOutputStream().write(body.bytes());
        }
    }

    /** The last gate against response splitting, whoever made the header. */
    private static String complaint(GatewayResponse answer) {
        if (answer.status() < 200 || answer.status() > 599) {
            return "status " + answer.status() + " cannot end an exchange";
        }
        String[] complaint = new String[1];
        answer.headers().forEach((name, value) -> {
            if (complaint[0] == null) {
                complaint[0] = HeaderLines.complaint(name, value);
            }
        });
        return complaint[0];
    }
}
