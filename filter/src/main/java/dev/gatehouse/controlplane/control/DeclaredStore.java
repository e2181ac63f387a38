package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.Deployment;
import dev.gatehouse.definition.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A store in which the APIs of the configuration lie beside its own, older than all of these, and cannot be changed. An API of the
 * store that has the id of a declared one is not seen.
 */
final class DeclaredStore implements DefinitionStore {

    private final DefinitionStore store;
    private final Supplier<List<Declared>> declared;

    /** @param declared asked for each read and write */
    DeclaredStore(DefinitionStore store, Supplier<List<Declared>> declared) {
        this.store = store;
        this.declared = declared;
    }

    @Override
    public <T> T read(Function<? super Reading, T> work) {
        Map<Key, Entry> fixed = entries();
        return store.read(reading -> work.apply(new Both(reading, fixed)));
    }

    @Override
    public <T> T write(Function<? super Writing, T> work) {
        Map<Key, Entry> fixed = entries();
        return store.write(writing -> work.apply(new Guarded(writing, fixed)));
    }

    @Override
    public long revision() {
        return store.revision();
    }

    /** Their sequences are below those of the store, in the order of the configuration. */
    private Map<Key, Entry> entries() {
        Map<Key, Entry> entries = new LinkedHashMap<>();
        long sequence = Long.MIN_VALUE / 2;
        for (Declared one : declared.get()) {
            String apiId = one.definition().restApi().id();
            Deployment deployment = new Deployment(one.deploymentId(), null, null, null);
            Map<Key, Object> parts = new LinkedHashMap<>();
            parts.put(Key.of(Apis.KIND, apiId), one.definition());
            parts.put(new Key(Stages.DEPLOYMENT, apiId, one.deploymentId()), deployment);
            parts.put(new Key(Stages.FROZEN, apiId, one.deploymentId()), one.definition());
            for (Stage stage : one.stages()) {
                parts.put(new Key(Stages.STAGE, apiId, stage.stageName()), stage);
            }
            for (Map.Entry<Key, Object> part : parts.entrySet()) {
                entries.put(
                        part.getKey(), new Entry(part.getKey(), Documents.text(part.getValue()), null, 1, sequence++));
            }
        }
        return entries;
    }

    /** @return whether a key belongs to an API that is declared */
    private static boolean isFixed(Key key, Map<Key, Entry> fixed) {
        String apiId = key.kind().equals(Apis.KIND) ? key.id() : key.parent();
        return fixed.containsKey(Key.of(Apis.KIND, apiId));
    }

    private static class Both implements Reading {

        private final Reading reading;
        final Map<Key, Entry> fixed;

        Both(Reading reading, Map<Key, Entry> fixed) {
            this.reading = reading;
            this.fixed = fixed;
        }

        @Override
        public Optional<Entry> get(Key key) {
            return isFixed(key, fixed) ? Optional.ofNullable(fixed.get(key)) : reading.get(key);
        }

        @Override
        public Optional<Entry> find(String kind, String lookup) {
            return reading.find(kind, lookup);
        }

        @Override
        public List<Entry> list(String kind, String parent, Order order, OptionalLong after, int limit) {
            if (fixed.isEmpty()) {
                return reading.list(kind, parent, order, after, limit);
            }
            boolean upwards = order == Order.OLDEST_FIRST;
            List<Entry> all = new ArrayList<>();
            fixed.values().stream()
                    .filter(entry -> entry.key().kind().equals(kind)
                            && entry.key().parent().equals(parent))
                    .filter(entry -> after.isEmpty()
                            || (upwards ? entry.sequence() > after.getAsLong() : entry.sequence() < after.getAsLong()))
                    .forEach(all::add);
            // those that are hidden must not shorten the page
            int more = limit > Integer.MAX_VALUE - fixed.size() ? limit : limit + fixed.size();
            reading.list(kind, parent, order, after, limit <= 0 ? 0 : more).stream()
                    .filter(entry -> !isFixed(entry.key(), fixed))
                    .forEach(all::add);
            Comparator<Entry> bySequence = Comparator.comparingLong(Entry::sequence);
            return all.stream()
                    .sorted(upwards ? bySequence : bySequence.reversed())
                    .limit(Math.max(0, limit))
                    .toList();
        }
    }

    private static final class Guarded extends Both implements Writing {

        private final Writing writing;

        Guarded(Writing writing, Map<Key, Entry> fixed) {
            super(writing, fixed);
            this.writing = writing;
        }

        @Override
        public Entry put(Key key, String json, String lookup) {
            refuseFixed(key);
            return writing.put(key, json, lookup);
        }

        @Override
        public boolean remove(Key key) {
            refuseFixed(key);
            return writing.remove(key);
        }

        @Override
        public void removeAll(String kind, String parent) {
            refuseFixed(new Key(kind, parent, ""));
            writing.removeAll(kind, parent);
        }

        private void refuseFixed(Key key) {
            if (isFixed(key, fixed)) {
                String apiId = key.kind().equals(Apis.KIND) ? key.id() : key.parent();
                throw ControlError.badRequest("REST API " + apiId
                        + " is declared in the configuration of the gateway and can be changed there only");
            }
        }
    }
}
