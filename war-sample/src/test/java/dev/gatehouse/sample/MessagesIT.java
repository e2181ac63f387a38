package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that two readers could end in two places, and heads that never end, against the servers as they are downloaded. */
@ArquillianTest
@Timeout(120)
class MessagesIT {

    private static final String[] AMBIGUOUS = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 60\r\n\r\n0\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "Content-Length: 0\r\nContent-Length: 60\r\n\r\n",
        "Content-Length: 5, 5\r\n\r\nhello",
        "Content-Length: +5\r\n\r\nhello",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 0x5\r\n\r\nhello",
        "Content-Length: 5 5\r\n\r\nhello",
        "Content-Length:\u00a05\r\n\r\nhello",
        "Content-Length : 5\r\n\r\nhello",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n\r\nhello",
        "Host: other.example.com\r\nContent-Length: 0\r\n\r\n"
    };

    /** These have one meaning, or are refused; either way nothing may be lost or left over. */
    private static final String[] FOLDED = {
        "X-Fold: a\r\n b\r\nContent-Length: 0\r\n\r\n",
        "X-Fold: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n",
        "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0;a=b\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0\n\n"
    };

    @ArquillianResource
    URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return HarbourBooksWar.named("messages");
    }

    /** @return all that comes until the server ends the connection, or waits for more than there is */
    private String answers(String rest) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), base.getPort())) {
            socket.setSoTimeout(5_000);
            ByteArrayOutputStream answers = new ByteArrayOutputStream();
            String request = "POST " + base.getPath() + "no/such/route HTTP/1.1\r\nHost: 127.0.0.1:" + base.getPort()
                    + "\r\n" + rest;
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                socket.getInputStream().transferTo(answers);
            } catch (SocketException | SocketTimeoutException over) {
                // what has come by then is the answer
            }
            return answers.toString(StandardCharsets.ISO_8859_1);
        }
    }

    /** As a request that hides behind the other one; it asks for the end of the connection, so that there is one. */
    private String next() {
        return "GET " + base.getPath() + "v1/status HTTP/1.1\r\nHost: 127.0.0.1:" + base.getPort()
                + "\r\nConnection: close\r\n\r\n";
    }

    @Test
    void nothingBehindAnAmbiguousMessageIsARequest() throws Exception {
        for (String rest : AMBIGUOUS) {
            String answers = answers(rest + next());

            assertThat(answers).as(rest).doesNotContain("harbour").doesNotContain("HTTP/1.1 200");
            assertThat(answers.split("HTTP/1\\.[01] \\d{3}", -1)).as(rest).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void whatHasOneMeaningIsReadSoOrRefused() throws Exception {
        for (String rest : FOLDED) {
            String answers = answers(rest + next());

            if (answers.contains("harbour")) {
                assertThat(answers).as(rest).startsWith("HTTP/1.1 403").contains("MissingAuthenticationToken");
            } else {
                assertThat(answers.split("HTTP/1\\.[01] \\d{3}", -1)).as(rest).hasSizeLessThanOrEqualTo(3);
                assertThat(answers).as(rest).doesNotContain("HTTP/1.1 200");
            }
        }
    }

    @Test
    void headsWithoutEndAreNotRead() throws Exception {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            many.append("X-").append(i).append(": 1234567890\r\n");
        }
        for (String lines : new String[] {
            many.toString(),
            "X-Long: " + "x".repeat(1 << 20) + "\r\n",
            "Cookie: " + "crumb=1234567890; ".repeat(60_000) + "\r\n"
        }) {
            String answers = answers(lines + "Content-Length: 0\r\nConnection: close\r\n\r\n");

            assertThat(answers).as(lines.substring(0, 8)).doesNotContain("MissingAuthenticationToken");
            assertThat(answers.isEmpty() || answers.matches("(?s)HTTP/1\\.1 4(00|13|31) .*"))
                    .as(lines.substring(0, 8))
                    .isTrue();
        }
    }
}
