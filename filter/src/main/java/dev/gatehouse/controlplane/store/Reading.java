package dev.gatehouse.controlplane.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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

    /** All entries of one kind and parent, oldest first. */
    default List<Entry> list(String kind, String parent) {
        return list(kind, parent, Order.OLDEST_FIRST, OptionalLong.empty(), Integer.MAX_VALUE);
    }
}
