package dev.gatehouse.dataplane.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.dataplane.flow.Decompression.UnknownCodingException;
import dev.gatehouse.http.PayloadTooLargeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small bodies that want to be large ones. */
@Timeout(60)
class DecompressionTest {

    private static final int LIMIT = 1024 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void aBombEndsAtTheLimit(String coding) throws Exception {
        byte[] fits = new byte[LIMIT];
        byte[] bomb = new byte[100 * LIMIT];

        assertThat(compressed(coding, bomb)).hasSizeLessThan(200_000);
        assertThat(Decompression.of(coding, compressed(coding, fits), LIMIT)).isEqualTo(fits);
        assertThatThrownBy(() -> Decompression.of(coding, compressed(coding, bomb), LIMIT))
                .isInstanceOf(PayloadTooLargeException.class);
        assertThatThrownBy(() -> Decompression.of(coding, compressed(coding, new byte[LIMIT + 1]), LIMIT))
                .isInstanceOf(PayloadTooLargeException.class);
    }

    @Test
    void membersOfOneBodyAreCountedTogether() throws Exception {
        byte[] member = compressed("gzip", new byte[LIMIT / 100]);

        assertThat(Decompression.of("gzip", repeated(member, 100), LIMIT)).hasSize(LIMIT / 100 * 100);
        assertThatThrownBy(() -> Decompression.of("gzip", repeated(member, 101), LIMIT))
                .isInstanceOf(PayloadTooLargeException.class);
    }

    @Test
    void membersBelongTogether() throws Exception {
        byte[] empty = compressed("gzip", new byte[0]);
        byte[] body = joined(compressed("gzip", utf8("a")), repeated(empty, 50), compressed("gzip", utf8("b")));

        assertThat(Decompression.of("gzip", body, LIMIT)).isEqualTo(utf8("ab"));
    }

    @Test
    void emptyMembersInARowEndInAnErrorAndNotInTheStack() throws Exception {
        byte[] empty = compressed("gzip", new byte[0]);

        assertThatThrownBy(() -> Decompression.of("gzip", repeated(empty, 500_000), LIMIT))
                .isInstanceOf(UnknownCodingException.class)
                .hasMessageContaining("more than 100 empty members in a row");
    }

    @Test
    void membersOfOneByteTakeTimeInProportion() throws Exception {
        byte[] tiny = compressed("gzip", new byte[1]);

        assertThat(Decompression.of("gzip", repeated(tiny, 400_000), LIMIT)).hasSize(400_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void halfABodyIsNone(String coding) throws Exception {
        byte[] whole = compressed(coding, utf8("a text that is long enough to be cut in two"));

        for (int length = 1; length < whole.length; length++) {
            byte[] half = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Decompression.of(coding, half, LIMIT)).isInstanceOf(UnknownCodingException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, gzip", "gzip gzip", "gzip;q=1", "zstd", "x-gzip", "*"})
    void oneCodingOfTwoIsUndoneOrNone(String coding) throws Exception {
        byte[] twice = compressed("gzip", compressed("gzip", utf8("a")));

        assertThatThrownBy(() -> Decompression.of(coding, twice, LIMIT)).isInstanceOf(UnknownCodingException.class);
    }

    private static byte[] compressed(String coding, byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = coding.equals("gzip") ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] repeated(byte[] part, int times) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(part.length * times);
        for (int i = 0; i < times; i++) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
