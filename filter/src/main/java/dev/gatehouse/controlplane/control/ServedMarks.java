package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which APIs have stages that changed, in the order of the changes: other processes on the same store follow by it, and need not
 * read ten thousand APIs because one of them was deployed. Each API has one mark; it stays when the API is deleted, as its
 * stages have to go elsewhere, too.
 */
final class ServedMarks {

    private static final String KIND = "served";

    private ServedMarks() {}

    /** Entries are listed by their creation, so the mark is made anew. */
    static void mark(Writing writing, String apiId) {
        writing.remove(Key.of(KIND, apiId));
        writing.put(Key.of(KIND, apiId), "{}");
    }

    static Optional<Long> find(Reading reading, String apiId) {
        return reading.get(Key.of(KIND, apiId)).map(entry -> entry.sequence());
    }

    /** @return APIs with the sequences of their marks, oldest first */
    static Map<String, Long> after(Reading reading, long sequence) {
        Map<String, Long> marks = new LinkedHashMap<>();
        reading.list(KIND, "", Order.OLDEST_FIRST, OptionalLong.of(sequence), Integer.MAX_VALUE)
                .forEach(entry -> marks.put(entry.key().id(), entry.sequence()));
        return marks;
    }
}
