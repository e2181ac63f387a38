package dev.gatehouse.controlplane.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Forgets everything when the process ends: for tests, and for gateways that are set up anew at each start. A write makes new
 * tables that share what has not changed with those before, so that reads need no lock and a write costs what it changes.
 */
public final class InMemoryStore implements DefinitionStore {

    private final ReentrantLock writing = new ReentrantLock();
    private final Seclusion seclusion = new Seclusion();
    private volatile Tables committed = Tables.EMPTY;

    @Override
    public <T> T read(Function<? super Reading, T> work) {
        return seclusion.of(() -> work.apply(committed));
    }

    @Override
    public <T> T write(Function<? super Writing, T> work) {
        return seclusion.of(() -> {
            writing.lock();
            try {
                Draft draft = new Draft(committed);
                T result = work.apply(draft);
                if (draft.tables != committed) {
                    committed = draft.tables.revised();
                }
                return result;
            } finally {
                writing.unlock();
            }
        });
    }

    @Override
    public long revision() {
        return committed.revision();
    }

    /** Where an entry is in the lists. */
    private record Place(String kind, String parent, long sequence) {

        boolean onSameShelf(Key key) {
            return kind.equals(key.kind()) && parent.equals(key.parent());
        }
    }

    private record Lookup(String kind, String value) {}

    /** Never changes. */
    private record Tables(
            PersistentMap<Key, Entry> byKey,
            PersistentMap<Lookup, Entry> byLookup,
            PersistentMap<Place, Entry> byPlace,
            long sequence,
            long revision)
            implements Reading {

        static final Tables EMPTY = new Tables(
                PersistentMap.empty(Comparator.comparing(Key::kind)
                        .thenComparing(Key::parent)
                        .thenComparing(Key::id)),
                PersistentMap.empty(Comparator.comparing(Lookup::kind).thenComparing(Lookup::value)),
                PersistentMap.empty(Comparator.comparing(Place::kind)
                        .thenComparing(Place::parent)
                        .thenComparingLong(Place::sequence)),
                0,
                0);

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
            List<Entry> found = new ArrayList<>();
            if (limit <= 0) {
                return found;
            }
            boolean upwards = order == Order.OLDEST_FIRST;
            Place from = new Place(kind, parent, after.orElse(upwards ? Long.MIN_VALUE : Long.MAX_VALUE));
            Predicate<Entry> visit = entry -> from.onSameShelf(entry.key()) && found.add(entry) && found.size() < limit;
            if (upwards) {
                byPlace.ascend(from, visit);
            } else {
                byPlace.descend(from, visit);
            }
            return List.copyOf(found);
        }

        Tables with(Entry entry) {
            return new Tables(
                    byKey.with(entry.key(), entry),
                    entry.lookup() == null ? byLookup : byLookup.with(lookup(entry), entry),
                    byPlace.with(place(entry), entry),
                    Math.max(sequence, entry.sequence()),
                    revision);
        }

        Tables without(Entry entry) {
            return new Tables(
                    byKey.without(entry.key()),
                    entry.lookup() == null ? byLookup : byLookup.without(lookup(entry)),
                    byPlace.without(place(entry)),
                    sequence,
                    revision);
        }

        Tables revised() {
            return new Tables(byKey, byLookup, byPlace, sequence, revision + 1);
        }

        private static Lookup lookup(Entry entry) {
            return new Lookup(entry.key().kind(), entry.lookup());
        }

        private static Place place(Entry entry) {
            return new Place(entry.key().kind(), entry.key().parent(), entry.sequence());
        }
    }

    private static final class Draft implements Writing {

        private Tables tables;

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
            Entry entry = before.map(old -> new Entry(key, json, lookup, old.version() + 1, old.sequence()))
                    .orElseGet(() -> new Entry(key, json, lookup, 1, tables.sequence() + 1));
            tables = before.map(tables::without).orElse(tables).with(entry);
            return entry;
        }

        @Override
        public boolean remove(Key key) {
            Optional<Entry> entry = get(key);
            entry.ifPresent(present -> tables = tables.without(present));
            return entry.isPresent();
        }

        @Override
        public void removeAll(String kind, String parent) {
            list(kind, parent).forEach(entry -> remove(entry.key()));
        }
    }
}
