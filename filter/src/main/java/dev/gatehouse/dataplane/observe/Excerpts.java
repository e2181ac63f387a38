package dev.gatehouse.dataplane.observe;

import dev.gatehouse.http.Headers;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows what a call has: without secrets, and not more than anybody can read. Of one trace; not thread-safe. */
public final class Excerpts {

    /** Characters of one text. */
    static final int LONGEST = 8 * 1024;

    /** Characters of all texts together. */
    static final int ALL = 128 * 1024;

    /** Lines of one set of headers, members of one map. */
    private static final int MOST_LINES = 200;

    private final Secrets secrets;
    private int left = ALL;
    private boolean shortened;

    public Excerpts(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Whether anything was cut. */
    public boolean shortened() {
        return shortened;
    }

    /** @param text null for none */
    public String text(String text) {
        return text == null ? null : shown(text, false, text.length() + " characters");
    }

    /** @param bytes UTF-8, or what is not shown; null for none */
    public String text(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        int window = Math.min(bytes.length, 4 * (LONGEST + secrets.longest()));
        String text = decoded(bytes, window);
        return text == null
                ? "[" + bytes.length + " bytes that are no text]"
                : shown(text, window < bytes.length, bytes.length + " bytes");
    }

    /**
     * Hides secrets in as much as is to be shown and a little more, so that none is half seen.
     *
     * @param goesOn whether there is more than this
     */
    private String shown(String text, boolean goesOn, String size) {
        int room = Math.min(LONGEST, left);
        int window = room + secrets.longest();
        boolean part = goesOn || text.length() > window;
        String hidden = secrets.hidden(text.length() > window ? text.substring(0, window) : text);
        if (part) {
            hidden = hidden.substring(0, Math.max(0, hidden.length() - secrets.longest()));
        }
        boolean cut = part || hidden.length() > room;
        String shown = hidden.length() > room ? hidden.substring(0, room) : hidden;
        left -= shown.length();
        shortened |= cut;
        return cut ? shown + " [cut: there are " + size + "]" : shown;
    }

    /** @return null where it is no text */
    private static String decoded(byte[] bytes, int window) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(window + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes, 0, window), text, window == bytes.length);
        return result.isError() ? null : text.flip().toString();
    }

    /** All values by name; those of secret names are hidden. */
    public Map<String, List<String>> headers(Headers headers) {
        Map<String, List<String>> shown = new LinkedHashMap<>();
        int[] lines = {0};
        headers.forEach((name, value) -> {
            if (++lines[0] > MOST_LINES) {
                shortened = true;
                return;
            }
            shown.computeIfAbsent(text(name), first -> new ArrayList<>(1))
                    .add(Secrets.names(name) ? Secrets.HIDDEN : text(value));
        });
        return shown;
    }

    /** Values, and whatever is within them; those of secret names are hidden. */
    public Map<String, Object> map(Map<?, ?> map) {
        Map<String, Object> shown = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (shown.size() >= MOST_LINES) {
                shortened = true;
                return;
            }
            String key = String.valueOf(name);
            shown.put(text(key), Secrets.names(key) && value != null ? Secrets.HIDDEN : value(value));
        });
        return shown;
    }

    private Object value(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof List<?> list) {
            List<Object> shown = new ArrayList<>();
            list.forEach(item -> shown.add(value(item)));
            return shown;
        }
        return value instanceof Boolean || value instanceof Number || value == null
                ? value
                : text(String.valueOf(value));
    }
}
