package dev.gatehouse.controlplane.store;

import java.nio.charset.StandardCharsets;

/** What can be kept in every database: the lengths of the columns, and text that UTF-8 and PostgreSQL have a form for. */
final class Storable {

    private static final int KIND = 64;
    private static final int PARENT = 256;
    private static final int ID = 512;
    private static final int LOOKUP = 512;

    /** In UTF-8. An entry of an index has to fit a third of a page of PostgreSQL, 2704 bytes, with some for the rest. */
    private static final int KEY_BYTES = 2600;

    private Storable() {}

    /** @return false where no entry can have this key, because putting it is refused */
    static boolean possible(Key key) {
        return possible(key.kind(), KIND)
                && possible(key.parent(), PARENT)
                && possible(key.id(), ID)
                && (key.kind() + key.parent() + key.id()).getBytes(StandardCharsets.UTF_8).length <= KEY_BYTES;
    }

    static boolean possibleLookup(String kind, String lookup) {
        return possible(kind, KIND) && possible(lookup, LOOKUP);
    }

    static boolean possibleParent(String kind, String parent) {
        return possible(kind, KIND) && possible(parent, PARENT);
    }

    /** @throws IllegalArgumentException naming what cannot be kept */
    static void check(Key key, String json, String lookup) {
        if (!possible(key)) {
            throw new IllegalArgumentException("a key has up to " + KIND + ", " + PARENT + " and " + ID
                    + " characters, up to " + KEY_BYTES
                    + " bytes of UTF-8 together, no U+0000 and no half of a surrogate pair");
        }
        if (lookup != null && !possible(lookup, LOOKUP)) {
            throw new IllegalArgumentException(
                    "a lookup value has up to " + LOOKUP + " characters, no U+0000 and no half of a surrogate pair");
        }
        if (!possible(json, Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("a text has no U+0000 and no half of a surrogate pair");
        }
    }

    private static boolean possible(String text, int length) {
        return text.length() <= length
                && text.codePoints()
                        .noneMatch(point ->
                                point == 0 || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
