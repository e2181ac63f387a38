package dev.gatehouse.controlplane.store;

/** Changes that happen together or not at all. What was changed can be read back at once. */
public interface Writing extends Reading {

    /** As {@link #put(Key, String, String)}, without a lookup value. */
    default Entry put(Key key, String json) {
        return put(key, json, null);
    }

    /**
     * Creates or replaces an entry.
     *
     * @param lookup another value to find the entry by, unique within its kind, such as the hash of a secret; null for none
     * @return the entry as it is now
     * @throws IllegalArgumentException where another entry of the kind has that lookup value
     */
    Entry put(Key key, String json, String lookup);

    /** @return whether there was such an entry */
    boolean remove(Key key);

    /** Removes all entries of a kind and parent. */
    void removeAll(String kind, String parent);
}
