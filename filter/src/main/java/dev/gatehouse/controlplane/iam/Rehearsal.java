package dev.gatehouse.controlplane.iam;

import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Shows what there is, and forgets what is written. */
record Rehearsal(Reading reading) implements Writing {

    @Override
    public Optional<Entry> get(Key key) {
        return reading.get(key);
    }

    @Override
    public Optional<Entry> find(String kind, String lookup) {
        return reading.find(kind, lookup);
    }

    @Override
    public List<Entry> list(String kind, String parent, Order order, OptionalLong after, int limit) {
        return reading.list(kind, parent, order, after, limit);
    }

    @Override
    public Entry put(Key key, String json, String lookup) {
        return new Entry(key, json, lookup, 1, 0);
    }

    @Override
    public boolean remove(Key key) {
        return true;
    }

    @Override
    public void removeAll(String kind, String parent) {
        // nothing to forget
    }
}
