package dev.gatehouse.dataplane.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dataplane.integration.LambdaProxyHead.Head;
import dev.gatehouse.dataplane.integration.LambdaProxyHead.Malformed;
import dev.gatehouse.http.BodyStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaProxyHeadTest {

    private static final String DELIMITER = "\0".repeat(8);
    private static final int LONGEST = 16 * 1024;

    private int asked;
    private boolean cancelled;

    @Test
    void bodyBeginsBehindTheDelimiterWhereverTheBytesAreCut() {
        byte[] whole = utf8("{\"statusCode\":201,\"cookies\":[\"ü=1\"]}" + DELIMITER + "body\0with\0NULs");
        for (int length = 1; length <= whole.length; length++) {
            Head head = (Head) read(cut(whole, length));

            assertThat(head.reply().status()).isEqualTo(201);
            assertThat(head.reply().headers().all("Set-Cookie")).containsExactly("ü=1");
            assertThat(body(head)).as("in bits of %s bytes", length).isEqualTo("body\0with\0NULs");
        }
        assertThat(cancelled).isFalse();
    }

    @Test
    void delimiterMayBeThereInTheLastOfSixteenKilobytes() {
        assertThat(read(cut(metadata(LONGEST - 8), 1000))).isInstanceOf(Head.class);
        assertThat(read(cut(metadata(LONGEST - 8), LONGEST + 4))).isInstanceOf(Head.class);
        assertThat(cancelled).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 100_000})
    void delimiterOneByteLaterIsTooLate(int length) {
        assertThat(read(cut(metadata(LONGEST - 7), length)))
                .isEqualTo(new Malformed("there is no delimiter within 16384 bytes"));
        assertThat(cancelled).isTrue();
    }

    @Test
    void whoNeverDelimitsIsNotReadForEver() {
        BodyStream endless = stream(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public byte[] next() {
                return utf8(" ".repeat(100));
            }
        });

        assertThat(read(endless)).isInstanceOf(Malformed.class);
        assertThat(asked).isEqualTo(LONGEST / 100 + 1);
        assertThat(cancelled).isTrue();
    }

    @Test
    void whatIsMalformedCancelsTheStreamAndQuotesNoValue() {
        assertThat(read(cut(utf8("{\"statusCode\":\"secret\"}" + DELIMITER), 5)))
                .isEqualTo(new Malformed("statusCode is no status"));
        assertThat(cancelled).isTrue();
    }

    @Test
    void malformedUtf8IsNoMetadata() {
        byte[] metadata = utf8("{\"headers\":{\"a\":\"?\"}}" + DELIMITER);
        metadata[new String(metadata, StandardCharsets.ISO_8859_1).indexOf('?')] = (byte) 0xC0;

        assertThat(read(cut(metadata, 100))).isEqualTo(new Malformed("answer is not JSON"));
    }

    @Test
    void nothingIsAskedForBeforeSomebodyWantsIt() {
        read(cut(utf8("{}" + DELIMITER + "body"), 10));

        assertThat(asked).isEqualTo(1);
    }

    private static byte[] metadata(int length) {
        String around = "{\"headers\":{\"a\":\"\"}}";
        return utf8(around.replace("\"\"", '"' + "x".repeat(length - around.length()) + '"') + DELIMITER + "body");
    }

    private static LambdaProxyHead read(BodyStream stream) {
        return LambdaProxyHead.read(stream).toCompletableFuture().join();
    }

    private static String body(Head head) {
        return new String(
                BodyStream.whole(head.reply().body(), 1000)
                        .toCompletableFuture()
                        .join(),
                StandardCharsets.UTF_8);
    }

    private BodyStream cut(byte[] whole, int length) {
        List<byte[]> bits = new ArrayList<>();
        for (int from = 0; from < whole.length; from += length) {
            bits.add(Arrays.copyOfRange(whole, from, Math.min(whole.length, from + length)));
        }
        return stream(bits.iterator());
    }

    private BodyStream stream(Iterator<byte[]> bits) {
        return new BodyStream() {
            @Override
            public CompletionStage<byte[]> next() {
                asked++;
                return CompletableFuture.completedFuture(bits.hasNext() ? bits.next() : null);
            }

            @Override
            public void cancel() {
                cancelled = true;
            }
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
