package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What has happened to which thing, in the order of the changes: other processes on the same store follow by it, and need not read
 * ten thousand APIs because one of them was deployed. A thing has one mark of a kind. It stays when the thing is deleted, as that has
 * to become known, too.
 */
public enum Marks {
    /** APIs whose stages changed, by id. */
    SERVED,
    /** API keys and usage plans that changed, by kind and id. */
    ACCESS,
    /** Stages whose authorizers are to be asked again, by API and name. */
    FLUSHED,
    /** Users whose names, rights or access keys changed, by name. */
    USERS;

    private final String kind = name().toLowerCase(Locale.ROOT);

    /** Entries are listed by their creation, so the mark is made anew. */
    public void mark(Writing writing, String... thing) {
        Key key = Key.of(kind, String.join("/", thing));
        writing.remove(key);
        writing.put(key, "{}");
    }

    /** @return the sequence of the last mark of any thing; 0 where there is none */
    long last(Reading reading) {
        List<Entry> last = reading.list(kind, "", Order.NEWEST_FIRST, OptionalLong.empty(), 1);
        return last.isEmpty() ? 0 : last.get(0).sequence();
    }

    /** @return things with the sequences of their marks, oldest first */
    public Map<String, Long> after(Reading reading, long sequence) {
        return after(reading, sequence, Integer.MAX_VALUE);
    }

    /** @param limit how many at most */
    Map<String, Long> after(Reading reading, long sequence, int limit) {
        Map<String, Long> marks = new LinkedHashMap<>();
        reading.list(kind, "", Order.OLDEST_FIRST, OptionalLong.of(sequence), limit)
                .forEach(entry -> marks.put(entry.key().id(), entry.sequence()));
        return marks;
    }

    /** @return the highest of these sequences */
    public static long last(Map<String, Long> marks, long otherwise) {
        return marks.values().stream().mapToLong(Long::longValue).max().orElse(otherwise);
    }

    /** @return the sequence of the mark of a thing; null where it has none */
    Long of(Reading reading, String... thing) {
        return reading.get(Key.of(kind, String.join("/", thing)))
                .map(Entry::sequence)
                .orElse(null);
    }
}
