package dev.gatehouse.engine.signature;

import dev.gatehouse.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.BiConsumer;

/**
 * Writes the text that a signature speaks of, as bytes and into the same memory again and again: who proves thousands of
 * signatures in a second should not leave thousands of texts behind. Same rules as {@link CanonicalRequest}, which tests hold
 * against it. Not thread-safe.
 */
final class CanonicalText {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LOWER_HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final HeaderLines headerLines = new HeaderLines();
    private byte[] bytes = new byte[1024];
    private int length;

    /** Three per parameter: where its name begins, where its equals sign is, where it ends. */
    private int[] places = new int[48];

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

    CanonicalText append(byte b) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = b;
        return this;
    }

    CanonicalText append(char ascii) {
        return append((byte) ascii);
    }

    CanonicalText append(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    /** In UTF-8. */
    CanonicalText append(String text) {
        return append(text, 0, text.length());
    }

    CanonicalText append(String text, int from, int to) {
        reserve(to - from);
        byte[] target = bytes;
        int at = length;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length = at;
                return append(text.substring(i, to).getBytes(StandardCharsets.UTF_8));
            }
            target[at++] = (byte) c;
        }
        length = at;
        return this;
    }

    /** In lower-case hexadecimal. */
    CanonicalText hex(byte[] digest) {
        reserve(digest.length * 2);
        byte[] target = bytes;
        int at = length;
        for (byte b : digest) {
            target[at++] = LOWER_HEX[b >> 4 & 15];
            target[at++] = LOWER_HEX[b & 15];
        }
        length = at;
        return this;
    }

    /** Percent-encodes once more what is encoded already, as every service but S3 wants it. */
    CanonicalText path(String rawPath) {
        if (rawPath.isEmpty()) {
            return append('/');
        }
        for (int i = 0; i < rawPath.length(); i++) {
            char c = rawPath.charAt(i);
            if (c >= 0x80) {
                for (byte b : rawPath.substring(i).getBytes(StandardCharsets.UTF_8)) {
                    encode(b, true);
                }
                return this;
            }
            encode((byte) c, true);
        }
        return this;
    }

    /** Each parameter in its one spelling, sorted by name, then by value; {@code X-Amz-Signature} is left out. */
    CanonicalText query(String rawQuery) {
        if (rawQuery == null || rawQuery.isEmpty()) {
            return this;
        }
        int begin = length;
        int count = 0;
        boolean sorted = true;
        int start = 0;
        while (start < rawQuery.length()) {
            int end = rawQuery.indexOf('&', start);
            end = end < 0 ? rawQuery.length() : end;
            if (end > start && parameter(rawQuery, start, end, count)) {
                sorted = sorted && (count == 0 || compare(count - 1, count) <= 0);
                count++;
            }
            start = end + 1;
        }
        if (!sorted) {
            sort(begin, count);
        }
        // every parameter was written with an ampersand behind it
        length = Math.max(begin, length - 1);
        return this;
    }

    /** @return whether it was written, as the given one in the order of the query */
    private boolean parameter(String rawQuery, int start, int end, int index) {
        if (places.length < index * 3 + 3) {
            places = Arrays.copyOf(places, places.length * 2);
        }
        int equals = rawQuery.indexOf('=', start);
        equals = equals < 0 || equals > end ? end : equals;
        int name = length;
        recode(rawQuery, start, equals);
        if (isSignature(name)) {
            length = name;
            return false;
        }
        places[index * 3] = name;
        places[index * 3 + 1] = length;
        append('=');
        recode(rawQuery, Math.min(equals + 1, end), end);
        places[index * 3 + 2] = length;
        append('&');
        return true;
    }

    private boolean isSignature(int from) {
        String name = "X-Amz-Signature";
        if (length - from != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (bytes[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
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
            append('&');
        }
    }

    private void recode(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                append(PercentEncoding.recode(text.substring(i, to)));
                return;
            }
            int high = c == '%' && i + 2 < to ? PercentEncoding.digit(text.charAt(i + 1)) : -1;
            int low = high < 0 ? -1 : PercentEncoding.digit(text.charAt(i + 2));
            if (low >= 0) {
                encode((byte) (high << 4 | low), false);
                i += 2;
            } else {
                encode(c == '+' ? (byte) ' ' : (byte) c, false);
            }
        }
    }

    private void encode(byte b, boolean slashToo) {
        if (PercentEncoding.unreserved(b) || slashToo && b == '/') {
            append(b);
        } else {
            append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
        }
    }

    /** A line for each of the names in the list, in the order of the list; empty where the header is not there. */
    CanonicalText headers(Headers headers, String host, String signedHeaders) {
        int start = 0;
        while (start <= signedHeaders.length()) {
            int end = signedHeaders.indexOf(';', start);
            end = end < 0 ? signedHeaders.length() : end;
            lowerCase(signedHeaders, start, end);
            append(':');
            if (isHost(signedHeaders, start, end)) {
                trimmed(host);
            } else {
                headerLines.collect(headers, signedHeaders, start, end);
            }
            append('\n');
            start = end + 1;
        }
        return this;
    }

    CanonicalText lowerCase(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return append(text, i, to);
            }
            append((byte) (c >= 'A' && c <= 'Z' ? c + 32 : c));
        }
        return this;
    }

    static boolean isHost(String names, int start, int end) {
        return end - start == 4 && names.regionMatches(true, start, "host", 0, 4)
                || end - start == 10 && names.regionMatches(true, start, ":authority", 0, 10);
    }

    /** No white space at the ends, one space where there was a run of it. */
    private void trimmed(String value) {
        if (isPlain(value)) {
            copy(value, 0, value.length());
        } else {
            trim(value);
        }
    }

    /** ASCII that is trimmed already, as nearly every value is: it is copied as a whole. */
    private static boolean isPlain(String value) {
        int length = value.length();
        char before = ' ';
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c <= ' ' && (c < ' ' || before == ' ') || c >= 0x80) {
                return false;
            }
            before = c;
        }
        return before != ' ' || length == 0;
    }

    /** ASCII only: of other characters half would be lost. */
    @SuppressWarnings("deprecation") // the only way into an array that is there already
    private void copy(String ascii, int from, int to) {
        reserve(to - from);
        ascii.getBytes(from, to, bytes, length);
        length += to - from;
    }

    private void trim(String value) {
        boolean pending = false;
        boolean begun = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ' ' || c >= '\t' && c <= '\r') {
                pending = begun;
            } else {
                if (pending) {
                    append(' ');
                    pending = false;
                }
                begun = true;
                if (c < 0x80) {
                    append((byte) c);
                } else {
                    int end = Character.isHighSurrogate(c)
                                    && i + 1 < value.length()
                                    && Character.isLowSurrogate(value.charAt(i + 1))
                            ? i + 2
                            : i + 1;
                    append(value.substring(i, end).getBytes(StandardCharsets.UTF_8));
                    i = end - 1;
                }
            }
        }
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /** Appends all values of one header, a comma between them. */
    private final class HeaderLines implements BiConsumer<String, String> {

        private String names;
        private int start;
        private int size;
        private boolean found;

        void collect(Headers headers, String list, int from, int to) {
            names = list;
            start = from;
            size = to - from;
            found = false;
            headers.forEach(this);
            names = null;
        }

        @Override
        public void accept(String name, String value) {
            if (name.length() == size && name.regionMatches(true, 0, names, start, size)) {
                if (found) {
                    append(',');
                }
                found = true;
                trimmed(value);
            }
        }
    }
}
