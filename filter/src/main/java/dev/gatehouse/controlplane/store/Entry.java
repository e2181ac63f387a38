package dev.gatehouse.controlplane.store;

/**
 * A text that is kept.
 *
 * @param json of any length
 * @param lookup see {@link Writing#put(Key, String, String)}; may be null
 * @param version 1 for a new entry, one more with each change
 * @param sequence grows with the moment of creation, over all entries; a change does not move an entry
 */
public record Entry(Key key, String json, String lookup, long version, long sequence) {}
