package dev.gatehouse.controlplane.store;

import java.util.Objects;

/**
 * What an entry is called. All parts compare by case.
 *
 * @param kind such as {@code restapi} or {@code stage}; up to 64 characters
 * @param parent id of what the entry belongs to; empty where it stands alone; up to 256 characters
 * @param id unique within kind and parent; up to 512 characters
 */
public record Key(String kind, String parent, String id) {

    public Key {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(id, "id");
    }

    /** An entry that stands alone. */
    public static Key of(String kind, String id) {
        return new Key(kind, "", id);
    }
}
