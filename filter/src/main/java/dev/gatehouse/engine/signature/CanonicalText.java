package dev.gatehouse.engine.signature;

import dev.gatehouse.engine.signature.Statement.SignedName;
import dev.gatehouse.http.Headers;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Writes the text that a signature speaks of, as bytes and into the same memory again and again: who proves thousands of
 * signatures in a second should not leave thousands of texts behind. Same rules as {@link CanonicalRequest}, which tests hold
 * against it. Texts are taken over as a whole wherever nothing in them has to change, because the platform copies and compares
 * many bytes at a time. Not thread-safe.
 */
final class CanonicalText {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIGNATURE = "X-Amz-Signature".getBytes(StandardCharsets.US_ASCII);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long EACH_BYTE = 0x0101010101010101L;

    private byte[] bytes = new byte[1024];
    private int length;

    /** Three per parameter: where its name begins, where its equals sign is, where it ends. */
    private int[] places = new int[48];

    /** How long the name of each header is. */
    private int[] sizes = new int[64];

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void truncate(int to) {
        length = to;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    CanonicalText append(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    CanonicalText append(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    /** In UTF-8. */
    CanonicalText append(String text) {
        return append(SigningScope.utf8(text));
    }

    /** In lower-case hexadecimal. */
    CanonicalText hex(byte[] digest) {
        reserve(digest.length * 2);
        Hexadecimal.write(digest, bytes, length);
        length += digest.length * 2;
        return this;
    }

    /** Percent-encodes once more what is encoded already, as every service but S3 wants it. */
    CanonicalText path(String rawPath) {
        if (rawPath.isEmpty()) {
            return append('/');
        }
        byte[] path = SigningScope.utf8(rawPath);
        reserve(3 * path.length);
        for (byte b : path) {
            if (b == '/') {
                bytes[length++] = b;
            } else {
                encode(b);
            }
        }
        return this;
    }

    /** Each parameter in its one spelling, sorted by name, then by value; {@code X-Amz-Signature} is left out. */
    CanonicalText query(String rawQuery) {
        if (rawQuery == null || rawQuery.isEmpty()) {
            return this;
        }
        byte[] query = SigningScope.utf8(rawQuery);
        // an escape for each byte, and the last parameter may have no equals sign yet
        reserve(3 * query.length + 2);
        int begin = length;
        int count = 0;
        boolean sorted = true;
        int at = 0;
        while (at < query.length) {
            if (query[at] == '&') {
                at++;
            } else {
                at = parameter(query, at, count);
                if (isSignature(count)) {
                    length = places[count * 3];
                } else {
                    sorted = sorted && (count == 0 || compare(count - 1, count) <= 0);
                    count++;
                }
            }
        }
        if (!sorted) {
            sort(begin, count);
        }
        // every parameter was written with an ampersand behind it
        length = Math.max(begin, length - 1);
        return this;
    }

    /**
     * Writes the parameter that begins there.
     *
     * @param index its place in the order of the query
     * @return where the next one begins
     */
    private int parameter(byte[] query, int start, int index) {
        if (places.length < index * 3 + 3) {
            places = Arrays.copyOf(places, places.length * 2);
        }
        places[index * 3] = length;
        int end = recode(query, start, (byte) '=');
        places[index * 3 + 1] = length;
        bytes[length++] = '=';
        if (end < query.length && query[end] == '=') {
            end = recode(query, end + 1, (byte) '&');
        }
        places[index * 3 + 2] = length;
        bytes[length++] = '&';
        return end + 1;
    }

    private boolean isSignature(int index) {
        return Arrays.equals(bytes, places[index * 3], places[index * 3 + 1], SIGNATURE, 0, SIGNATURE.length);
    }

    private int compare(int left, int right) {
        int names = Arrays.compare(
                bytes, places[left * 3], places[left * 3 + 1], bytes, places[right * 3], places[right * 3 + 1]);
        return names != 0
                ? names
                : Arrays.compare(
                        bytes,
                        places[left * 3 + 1],
                        places[left * 3 + 2],
                        bytes,
                        places[right * 3 + 1],
                        places[right * 3 + 2]);
    }

    private void sort(int begin, int count) {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, Integer::valueOf);
        Arrays.sort(order, (Comparator<Integer>) this::compare);
        byte[] written = Arrays.copyOfRange(bytes, begin, length);
        length = begin;
        for (int parameter : order) {
            int from = places[parameter * 3] - begin;
            int size = places[parameter * 3 + 2] - begin - from;
            System.arraycopy(written, from, bytes, length, size);
            length += size;
            bytes[length++] = '&';
        }
    }

    /** @return where it ended: before an ampersand, the given character, or at the end */
    private int recode(byte[] query, int from, byte until) {
        int i = from;
        for (; i < query.length; i++) {
            byte b = query[i];
            if (PercentEncoding.unreserved(b)) {
                bytes[length++] = b;
            } else if (b == '&' || b == until) {
                return i;
            } else if (b == '%' && isEscape(query, i)) {
                encode((byte) (PercentEncoding.digit(query[i + 1]) << 4 | PercentEncoding.digit(query[i + 2])));
                i += 2;
            } else {
                encode(b == '+' ? (byte) ' ' : b);
            }
        }
        return i;
    }

    private static boolean isEscape(byte[] query, int percent) {
        return percent + 2 < query.length
                && PercentEncoding.digit(query[percent + 1]) >= 0
                && PercentEncoding.digit(query[percent + 2]) >= 0;
    }

    /** Space for it is there. */
    private void encode(byte b) {
        if (PercentEncoding.unreserved(b)) {
            bytes[length++] = b;
        } else {
            bytes[length++] = '%';
            bytes[length++] = HEX[b >> 4 & 15];
            bytes[length++] = HEX[b & 15];
        }
    }

    /** A line for each of the names, in their order; empty where the header is not there. */
    CanonicalText headers(Headers headers, String host, SignedName[] names) {
        measure(headers);
        for (SignedName name : names) {
            append(name.line());
            if (name.host()) {
                trimmed(host);
            } else {
                values(headers, name);
            }
            append('\n');
        }
        return this;
    }

    /** All values of one header, a comma between them. */
    private void values(Headers headers, SignedName name) {
        int line = find(headers, name, 0);
        if (line >= 0) {
            trimmed(headers.value(line));
            line = find(headers, name, line + 1);
            while (line >= 0) {
                append(',');
                trimmed(headers.value(line));
                line = find(headers, name, line + 1);
            }
        }
    }

    private int find(Headers headers, SignedName name, int from) {
        int size = name.text().length();
        for (int i = from; i < headers.size(); i++) {
            if (sizes[i] == size && name.is(headers.name(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Most names differ in their length, which is quickly told. */
    private void measure(Headers headers) {
        if (sizes.length < headers.size()) {
            sizes = new int[headers.size() * 2];
        }
        for (int i = 0; i < headers.size(); i++) {
            sizes[i] = headers.name(i).length();
        }
    }

    /** No white space at the ends, one space where there was a run of it. */
    private void trimmed(String value) {
        byte[] text = SigningScope.utf8(value);
        if (mayNeedTrimming(text)) {
            trim(text);
        } else {
            append(text);
        }
    }

    /** Whether there may be a character that is no visible one of ASCII; looks at eight of them at a time. */
    private static boolean mayNeedTrimming(byte[] text) {
        int i = 0;
        for (; i + 8 <= text.length; i += 8) {
            long eight = (long) LONGS.get(text, i);
            if (((eight - 0x21 * EACH_BYTE | eight) & 0x80 * EACH_BYTE) != 0) {
                return true;
            }
        }
        for (; i < text.length; i++) {
            if (text[i] <= ' ') {
                return true;
            }
        }
        return false;
    }

    private void trim(byte[] text) {
        reserve(text.length);
        boolean pending = false;
        boolean begun = false;
        for (byte b : text) {
            if (b == ' ' || b >= '\t' && b <= '\r') {
                pending = begun;
            } else {
                if (pending) {
                    bytes[length++] = ' ';
                    pending = false;
                }
                begun = true;
                bytes[length++] = b;
            }
        }
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
