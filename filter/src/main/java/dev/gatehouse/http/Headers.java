package dev.gatehouse.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/**
 * Header lines in the order and spelling in which they came. Immutable and thread-safe; names and values are never null.
 *
 * <p>HTTP compares names without case, so does every method here but {@link #lastExact} and {@link #allExact}: mapping
 * expressions of API Gateway compare the exact case that the client sent. Where the client's spelling is lost, because the
 * container keeps names in lower case, they compare without case, too: better a match too many than none at all.
 */
public final class Headers {

    public static final Headers EMPTY = new Headers(new String[0], 0, true);

    /** name, value, name, value, ...: one array per request instead of an object per line. Behind {@link #end} it is empty. */
    private final String[] lines;

    private final int end;
    private final boolean spelled;

    private Headers(String[] lines, int end, boolean spelled) {
        this.lines = lines;
        this.end = end;
        this.spelled = spelled;
    }

    /** @param namesAndValues name, value, name, value, ... */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("names and values must come in pairs");
        }
        return namesAndValues.length == 0 ? EMPTY : new Headers(namesAndValues.clone(), namesAndValues.length, true);
    }

    public static Builder builder() {
        return new Builder();
    }

    public boolean isEmpty() {
        return end == 0;
    }

    /** Number of lines, repeated names counted each time. */
    public int size() {
        return end / 2;
    }

    /** @param line from 0 */
    public String name(int line) {
        return lines[2 * line];
    }

    /** @param line from 0 */
    public String value(int line) {
        return lines[2 * line + 1];
    }

    /**
     * @param from the first line that is looked at
     * @return a line of that name, or a negative number
     */
    public int find(String name, int from) {
        for (int i = 2 * from; i < end; i += 2) {
            if (lines[i].equalsIgnoreCase(name)) {
                return i / 2;
            }
        }
        return -1;
    }

    public boolean contains(String name) {
        return first(name) != null;
    }

    /** @return the first value, or null where there is none */
    public String first(String name) {
        for (int i = 0; i < end; i += 2) {
            if (lines[i].equalsIgnoreCase(name)) {
                return lines[i + 1];
            }
        }
        return null;
    }

    /** @return the last value, or null where there is none */
    public String last(String name) {
        for (int i = end - 2; i >= 0; i -= 2) {
            if (lines[i].equalsIgnoreCase(name)) {
                return lines[i + 1];
            }
        }
        return null;
    }

    /** @return the last value under exactly this spelling, or null where there is none */
    public String lastExact(String name) {
        for (int i = end - 2; i >= 0; i -= 2) {
            if (spelled ? lines[i].equals(name) : lines[i].equalsIgnoreCase(name)) {
                return lines[i + 1];
            }
        }
        return null;
    }

    /** @return all values under exactly this spelling, in order; empty where there is none */
    public List<String> allExact(String name) {
        return spelled ? collect(String::equals, name) : all(name);
    }

    /** @return all values in order; empty where there is none */
    public List<String> all(String name) {
        return collect(String::equalsIgnoreCase, name);
    }

    private List<String> collect(BiPredicate<String, String> same, String name) {
        List<String> values = new ArrayList<>(2);
        for (int i = 0; i < end; i += 2) {
            if (same.test(lines[i], name)) {
                values.add(lines[i + 1]);
            }
        }
        return values;
    }

    public void forEach(BiConsumer<String, String> line) {
        for (int i = 0; i < end; i += 2) {
            line.accept(lines[i], lines[i + 1]);
        }
    }

    /** The lines that a condition on name and value holds for, in the same order. */
    public Headers where(BiPredicate<String, String> condition) {
        int i = 0;
        while (i < end && condition.test(lines[i], lines[i + 1])) {
            i += 2;
        }
        if (i == end) {
            return this;
        }
        String[] kept = Arrays.copyOf(lines, end);
        int used = i;
        for (i += 2; i < end; i += 2) {
            if (condition.test(lines[i], lines[i + 1])) {
                kept[used++] = lines[i];
                kept[used++] = lines[i + 1];
            }
        }
        return used == 0 ? EMPTY : new Headers(kept, used, spelled);
    }

    /** These lines without those of that name, and one new line at the end. */
    public Headers with(String name, String value) {
        return toBuilder().set(name, value).build();
    }

    /** Every name once, in its first spelling, with all its values in order. The map is a copy. */
    public Map<String, List<String>> toMultiMap() {
        Map<String, String> spellings = new LinkedHashMap<>();
        Map<String, List<String>> map = new LinkedHashMap<>();
        forEach((name, value) -> map.computeIfAbsent(
                        spellings.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> name),
                        key -> new ArrayList<>(1))
                .add(value));
        return map;
    }

    public Builder toBuilder() {
        Builder builder = new Builder(lines, end);
        builder.spelled = spelled;
        return builder;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Headers headers && Arrays.equals(lines, 0, end, headers.lines, 0, headers.end);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < end; i++) {
            hash = 31 * hash + lines[i].hashCode();
        }
        return hash;
    }

    /** Names only: values may be secret, and this text ends in logs. */
    @Override
    public String toString() {
        return toMultiMap().keySet().toString();
    }

    /** Collects lines; not thread-safe. */
    public static final class Builder {

        private String[] lines;
        private int used;
        private boolean spelled = true;
        private boolean shared;

        private Builder() {
            lines = new String[16];
        }

        private Builder(String[] shared, int used) {
            lines = shared;
            this.used = used;
            this.shared = true;
        }

        /** Says that nobody knows how the client spelled these names. */
        public Builder withSpellingLost() {
            spelled = false;
            return this;
        }

        /** Appends a line, whatever is there already. */
        public Builder add(String name, String value) {
            if (used == lines.length || shared) {
                own(used + Math.max(8, used / 2 & ~1));
            }
            lines[used++] = name;
            lines[used++] = value;
            return this;
        }

        public Builder addAll(Headers headers) {
            headers.forEach(this::add);
            return this;
        }

        /** Replaces every line of that name by this one, which goes to the end. */
        public Builder set(String name, String value) {
            return remove(name).add(name, value);
        }

        public Builder setIfAbsent(String name, String value) {
            return contains(name) ? this : add(name, value);
        }

        public Builder remove(String name) {
            if (!contains(name)) {
                return this;
            }
            own(lines.length);
            int kept = 0;
            for (int i = 0; i < used; i += 2) {
                if (!lines[i].equalsIgnoreCase(name)) {
                    lines[kept++] = lines[i];
                    lines[kept++] = lines[i + 1];
                }
            }
            used = kept;
            return this;
        }

        public boolean contains(String name) {
            for (int i = 0; i < used; i += 2) {
                if (lines[i].equalsIgnoreCase(name)) {
                    return true;
                }
            }
            return false;
        }

        public Headers build() {
            shared = true;
            return used == 0 ? EMPTY : new Headers(lines, used, spelled);
        }

        /** What headers were made of, or with, changes no more. */
        private void own(int capacity) {
            if (shared || capacity > lines.length) {
                lines = Arrays.copyOf(lines, capacity);
                shared = false;
            }
        }
    }
}
