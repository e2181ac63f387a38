package dev.gatehouse.controlplane.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Forgets everything when the process ends: for tests, and for gateways that are set up anew at each start. A write costs a copy
 * of the tables, so that reads need no lock.
 */
public final class InMemoryStore implements DefinitionStore {

    private final ReentrantLock writing = new ReentrantLock();
    private final ThreadLocal<Boolean> busy = new ThreadLocal<>();
    private volatile Tables committed = new Tables();

    @Override
    public <T> T read(Function<? super Reading, T> work) {
        return alone(() -> work.apply(committed));
    }

    @Override
    public <T> T write(Function<? super Writing, T> work) {
        return alone(() -> {
            writing.lock();
            try {
                Draft draft = new Draft(committed);
                T result = work.apply(draft);
                if (draft.changed) {
                    draft.tables.revision++;
                    committed = draft.tables;
                }
                return result;
            } finally {
                writing.unlock();
            }
        });
    }

    @Override
    public long revision() {
        return committed.revision;
    }

    private interface Work<T> {
        T run();
    }

    private <T> T alone(Work<T> work) {
        if (busy.get() != null) {
            throw new IllegalStateException(
                    "the store is being used by this thread: read and write through what it gave");
        }
        busy.set(true);
        try {
            return work.run();
        } finally {
            busy.remove();
        }
    }

    private record Shelf(String kind, String parent) {}

    private record Lookup(String kind, String value) {}

    /** Never changed once committed. */
    private static final class Tables implements Reading {

        private final Map<Key, Entry> byKey = new HashMap<>();
        private final Map<Lookup, Entry> byLookup = new HashMap<>();
        private final Map<Shelf, NavigableMap<Long, Entry>> shelves = new HashMap<>();
        private long sequence;
        private long revision;

        Tables copy() {
            Tables copy = new Tables();
            copy.byKey.putAll(byKey);
            copy.byLookup.putAll(byLookup);
            shelves.forEach((shelf, entries) -> copy.shelves.put(shelf, new TreeMap<>(entries)));
            copy.sequence = sequence;
            copy.revision = revision;
            return copy;
        }

        @Override
        public Optional<Entry> get(Key key) {
            return Optional.ofNullable(byKey.get(key));
        }

        @Override
        public Optional<Entry> find(String kind, String lookup) {
            return Optional.ofNullable(byLookup.get(new Lookup(kind, lookup)));
        }

        @Override
        public List<Entry> list(String kind, String parent, Order order, OptionalLong after, int limit) {
            NavigableMap<Long, Entry> entries = shelves.getOrDefault(new Shelf(kind, parent), new TreeMap<>());
            NavigableMap<Long, Entry> ordered = order == Order.OLDEST_FIRST ? entries : entries.descendingMap();
            Map<Long, Entry> rest = after.isPresent() ? ordered.tailMap(after.getAsLong(), false) : ordered;
            return rest.values().stream().limit(Math.max(0, limit)).toList();
        }

        void add(Entry entry) {
            byKey.put(entry.key(), entry);
            shelves.computeIfAbsent(shelf(entry.key()), key -> new TreeMap<>()).put(entry.sequence(), entry);
            if (entry.lookup() != null) {
                byLookup.put(new Lookup(entry.key().kind(), entry.lookup()), entry);
            }
        }

        void drop(Entry entry) {
            byKey.remove(entry.key());
            shelves.get(shelf(entry.key())).remove(entry.sequence());
            if (entry.lookup() != null) {
                byLookup.remove(new Lookup(entry.key().kind(), entry.lookup()));
            }
        }

        private static Shelf shelf(Key key) {
            return new Shelf(key.kind(), key.parent());
        }
    }

    private static final class Draft implements Writing {

        private Tables tables;
        private boolean changed;

        Draft(Tables committed) {
            tables = committed;
        }

        @Override
        public Optional<Entry> get(Key key) {
            return tables.get(key);
        }

        @Override
        public Optional<Entry> find(String kind, String lookup) {
            return tables.find(kind, lookup);
        }

        @Override
        public List<Entry> list(String kind, String parent, Order order, OptionalLong after, int limit) {
            return tables.list(kind, parent, order, after, limit);
        }

        @Override
        public Entry put(Key key, String json, String lookup) {
            if (lookup != null
                    && find(key.kind(), lookup)
                            .filter(other -> !other.key().equals(key))
                            .isPresent()) {
                throw new IllegalArgumentException("another " + key.kind() + " has this lookup value");
            }
            Optional<Entry> before = get(key);
            change();
            Entry entry = before.map(old -> new Entry(key, json, lookup, old.version() + 1, old.sequence()))
                    .orElseGet(() -> new Entry(key, json, lookup, 1, ++tables.sequence));
            before.ifPresent(tables::drop);
            tables.add(entry);
            return entry;
        }

        @Override
        public boolean remove(Key key) {
            Optional<Entry> entry = get(key);
            entry.ifPresent(present -> {
                change();
                tables.drop(present);
            });
            return entry.isPresent();
        }

        @Override
        public void removeAll(String kind, String parent) {
            list(kind, parent).forEach(entry -> remove(entry.key()));
        }

        private void change() {
            if (!changed) {
                tables = tables.copy();
                changed = true;
            }
        }
    }
}
