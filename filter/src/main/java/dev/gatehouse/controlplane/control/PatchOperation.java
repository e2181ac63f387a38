package dev.gatehouse.controlplane.control;

import java.util.List;

/**
 * One element of {@code patchOperations}. It looks like RFC 6902 and is not: the value is always text, and {@code add} puts what
 * it adds to a list into the path.
 *
 * @param value may be null
 * @param from may be null
 * @param tokens what the wildcards of the declared path stand for, unescaped
 */
record PatchOperation(String op, String path, String value, String from, List<String> tokens) {

    /** @param index counts the wildcards of the declared path from 0 */
    String token(int index) {
        return tokens.get(index);
    }

    boolean is(String name) {
        return op.equals(name);
    }

    /** Everything but {@code true}, in any case, is false (recorded). */
    boolean flag() {
        return "true".equalsIgnoreCase(value);
    }

    /** @return null for an empty value: so a member is cleared */
    String valueOrNull() {
        return value == null || value.isEmpty() ? null : value;
    }
}
