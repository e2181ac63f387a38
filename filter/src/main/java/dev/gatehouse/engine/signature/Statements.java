package dev.gatehouse.engine.signature;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The statements that were read last, by their text: between two requests of one client the {@code Authorization} header
 * differs in its signature only, which is its end. What is remembered is how a text reads, never what became of it, so that
 * whoever asks learns nothing of others. A table of fixed size in which two texts may push each other out.
 */
final class Statements {

    private static final int SLOTS = 1024;
    private static final int LONGEST = 768;
    private static final int MOST_HEADERS = 32;

    /** Behind algorithm and parameter name: the end of an access key, and the date. */
    private static final int TELLING = 38;

    private static final int NEXT = TELLING + 20;

    private final AtomicReferenceArray<Known> slots = new AtomicReferenceArray<>(SLOTS);

    /**
     * @param end where the signature begins
     * @return null where it is not known
     */
    Statement find(String header, int end) {
        if (end < NEXT || end > LONGEST) {
            return null;
        }
        Known known = slots.get(slot(header, end));
        // cut out and compared as a whole: the platform does both many characters at a time
        return known != null && known.text.equals(header.substring(0, end)) ? known.statement : null;
    }

    void remember(String header, int end, Statement statement) {
        if (end >= NEXT && end <= LONGEST && statement.signedHeaders().length <= MOST_HEADERS) {
            slots.set(slot(header, end), new Known(header.substring(0, end), statement));
        }
    }

    private static int slot(String header, int end) {
        int hash = end;
        for (int i = TELLING; i < NEXT; i += 2) {
            hash = hash * 31 + header.charAt(i);
        }
        return (hash ^ hash >>> 10 ^ hash >>> 20) & SLOTS - 1;
    }

    private record Known(String text, Statement statement) {}
}
