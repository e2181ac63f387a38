package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import java.util.List;
import java.util.OptionalLong;

/**
 * Which API keys and usage plans changed, in the order of the changes, as {@link ServedMarks} for APIs. Each has one mark; it stays
 * when the key or plan is deleted, as that has to become known, too.
 */
final class AccessMarks {

    private static final String KIND = "access";

    /**
     * @param kind of a key or of a plan
     * @param id of the key or plan
     * @param sequence of the mark
     */
    record Mark(String kind, String id, long sequence) {}

    private AccessMarks() {}

    static void mark(Writing writing, String kind, String id) {
        Key key = new Key(KIND, "", kind + "/" + id);
        writing.remove(key);
        writing.put(key, "{}");
    }

    /** Oldest first. */
    static List<Mark> after(Reading reading, long sequence) {
        return reading.list(KIND, "", Order.OLDEST_FIRST, OptionalLong.of(sequence), Integer.MAX_VALUE).stream()
                .map(entry -> {
                    String[] parts = entry.key().id().split("/", 2);
                    return new Mark(parts[0], parts[1], entry.sequence());
                })
                .toList();
    }
}
