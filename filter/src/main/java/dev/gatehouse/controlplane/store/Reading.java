package dev.gatehouse.controlplane.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Entries as of one moment. Only valid within the call that it was given for, and on its thread. */
public interface Reading {

    Optional<Entry> get(Key key);

    /** @return the one entry of that kind, of any parent, that was put with that lookup value */
    Optional<Entry> find(String kind, String lookup);

    /**
     * Entries of one kind and parent.
     *
     * @param after sequence of the last entry that the caller has already; empty for the beginning
     * @param limit how many at most; 0 and less gives none
     */
    List<Entry> list(String kind, String parent, Order order, OptionalLong after, int limit);

    /**
     * Entries of one kind and parent, as many as there are of these; for thousands of them one question to the store.
     *
     * @return by their ids
     */
    default Map<String, Entry> get(String kind, String parent, Set<String> ids) {
        Map<String, Entry> found = new HashMap<>();
        ids.forEach(id -> get(new Key(kind, parent, id)).ifPresent(entry -> found.put(id, entry)));
        return found;
    }

    /**
     * All entries of one kind and any of these parents, oldest first; for thousands of them one question to the store.
     *
     * @return by their parents; nothing for one that has none
     */
    default Map<String, List<Entry>> list(String kind, Set<String> parents) {
        Map<String, List<Entry>> found = new HashMap<>();
        for (String parent : parents) {
            List<Entry> entries = list(kind, parent);
            if (!entries.isEmpty()) {
                found.put(parent, entries);
            }
        }
        return found;
    }

    /** All entries of one kind and parent, oldest first. */
    default List<Entry> list(String kind, String parent) {
        return list(kind, parent, Order.OLDEST_FIRST, OptionalLong.empty(), Integer.MAX_VALUE);
    }
}
