package dev.gatehouse.configuration;

import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What the records here refuse from an embedder; a file is told the same by {@link ConfigurationFile}, with the line. */
final class Check {

    private Check() {}

    static void matches(String name, Pattern pattern, String value) {
        Objects.requireNonNull(value, name);
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " must match " + pattern + " but is \"" + value + '"');
        }
    }

    static void range(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + " but is " + value);
        }
    }

    static <T> void distinct(String name, Collection<T> all, Function<T, String> key) {
        Set<String> seen = new HashSet<>();
        for (T one : all) {
            String value = key.apply(one);
            if (value != null && !seen.add(value)) {
                throw new IllegalArgumentException(name + " \"" + value + "\" is used twice");
            }
        }
    }
}
