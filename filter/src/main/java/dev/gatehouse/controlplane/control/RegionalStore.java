package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * One region of a store: regions see nothing of each other, as Amazon's. In the store the region comes before the kind, with a
 * slash between them: {@code eu-central-1/restapi}.
 */
final class RegionalStore implements DefinitionStore {

    /** Which regions have ever had something: entries of no region. */
    private static final String REGION = "region";

    private final DefinitionStore store;
    private final String region;

    RegionalStore(DefinitionStore store, String region) {
        this.store = store;
        this.region = region;
    }

    /** @return all regions that have ever had something */
    static List<String> regions(DefinitionStore store) {
        return store.read(reading ->
                reading.list(REGION, "").stream().map(entry -> entry.key().id()).toList());
    }

    @Override
    public <T> T read(Function<? super Reading, T> work) {
        return store.read(reading -> work.apply(new RegionalReading(reading, region)));
    }

    @Override
    public <T> T write(Function<? super Writing, T> work) {
        return store.write(writing -> work.apply(new RegionalWriting(writing, region)));
    }

    @Override
    public long revision() {
        return store.revision();
    }

    private static class RegionalReading implements Reading {

        private final Reading reading;
        private final String prefix;

        RegionalReading(Reading reading, String region) {
            this.reading = reading;
            this.prefix = region + "/";
        }

        final String kind(String kind) {
            return prefix + kind;
        }

        final Key key(Key key) {
            return new Key(kind(key.kind()), key.parent(), key.id());
        }

        final Entry entry(Entry entry) {
            Key key = entry.key();
            Key own = new Key(key.kind().substring(prefix.length()), key.parent(), key.id());
            return new Entry(own, entry.json(), entry.lookup(), entry.version(), entry.sequence());
        }

        @Override
        public Optional<Entry> get(Key key) {
            return reading.get(key(key)).map(this::entry);
        }

        @Override
        public Optional<Entry> find(String kind, String lookup) {
            return reading.find(kind(kind), lookup).map(this::entry);
        }

        @Override
        public List<Entry> list(String kind, String parent, Order order, OptionalLong after, int limit) {
            return reading.list(kind(kind), parent, order, after, limit).stream()
                    .map(this::entry)
                    .toList();
        }

        @Override
        public Map<String, Entry> get(String kind, String parent, Set<String> ids) {
            Map<String, Entry> found = new HashMap<>(reading.get(kind(kind), parent, ids));
            found.replaceAll((id, entry) -> entry(entry));
            return found;
        }

        @Override
        public Map<String, List<Entry>> list(String kind, Set<String> parents) {
            Map<String, List<Entry>> found = new HashMap<>(reading.list(kind(kind), parents));
            found.replaceAll(
                    (parent, entries) -> entries.stream().map(this::entry).toList());
            return found;
        }
    }

    private static final class RegionalWriting extends RegionalReading implements Writing {

        private final Writing writing;
        private final String region;
        private boolean known;

        RegionalWriting(Writing writing, String region) {
            super(writing, region);
            this.writing = writing;
            this.region = region;
        }

        @Override
        public Entry put(Key key, String json, String lookup) {
            Key mark = Key.of(REGION, region);
            if (!known && writing.get(mark).isEmpty()) {
                writing.put(mark, "{}");
            }
            known = true;
            return entry(writing.put(key(key), json, lookup));
        }

        @Override
        public boolean remove(Key key) {
            return writing.remove(key(key));
        }

        @Override
        public void removeAll(String kind, String parent) {
            writing.removeAll(kind(kind), parent);
        }
    }
}
