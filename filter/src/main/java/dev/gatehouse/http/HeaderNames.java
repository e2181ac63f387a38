package dev.gatehouse.http;

import java.util.List;

/** A few header names, compared without case and without making anything: asked for every line of every call. Immutable. */
public final class HeaderNames {

    private static final String[] NONE = {};

    /** By length, as most names that are not meant differ in it. */
    private final String[][] names;

    private HeaderNames(String[][] names) {
        this.names = names;
    }

    public static HeaderNames of(String... names) {
        int longest = List.of(names).stream().mapToInt(String::length).max().orElse(0);
        String[][] byLength = new String[longest + 1][];
        for (int i = 0; i <= longest; i++) {
            int length = i;
            byLength[i] = List.of(names).stream()
                    .filter(name -> name.length() == length)
                    .toList()
                    .toArray(NONE);
        }
        return new HeaderNames(byLength);
    }

    public boolean contains(String name) {
        if (name.length() >= names.length) {
            return false;
        }
        for (String known : names[name.length()]) {
            if (known.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
