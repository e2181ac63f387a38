package dev.gatehouse.dataplane.snapshot;

import dev.gatehouse.engine.table.CompactTable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * API keys and usage plans, as they are now: changes act on the next call, without a deployment. Keys are found by the hash of their
 * value, which is all that is kept of it. Thread-safe; a call sees each key and each plan as a whole. A key takes less than 150
 * bytes: there may be a million.
 */
public final class AccessTable {

    /** What a key opens. Immutable. */
    public static sealed class Client {

        private final String id;
        private final List<String> planIds;
        private final boolean enabled;

        /**
         * @param id never secret, unlike the value
         * @param planIds plans that it is in
         */
        public Client(String id, boolean enabled, List<String> planIds) {
            this.id = id;
            this.enabled = enabled;
            this.planIds = List.copyOf(planIds);
        }

        public String id() {
            return id;
        }

        public boolean enabled() {
            return enabled;
        }

        public List<String> planIds() {
            return planIds;
        }
    }

    /** As it lies here: in one piece with the hash of its value. */
    private static final class Known extends Client {

        private final long a;
        private final long b;
        private final long c;
        private final long d;

        Known(KeyHash hash, Client client, List<String> planIds) {
            super(client.id(), client.enabled(), planIds);
            this.a = hash.a();
            this.b = hash.b();
            this.c = hash.c();
            this.d = hash.d();
        }

        boolean has(KeyHash hash) {
            return hash.is(a, b, c, d);
        }
    }

    private final CompactTable<KeyHash, Known> byHash = new CompactTable<>(new CompactTable.Keying<>() {
        @Override
        public int hash(Known key) {
            return (int) key.a;
        }

        @Override
        public int hashOf(KeyHash hash) {
            return hash.hashCode();
        }

        @Override
        public boolean has(Known key, KeyHash hash) {
            return key.has(hash);
        }
    });

    private final CompactTable<String, Known> byId = new CompactTable<>(new CompactTable.Keying<>() {
        @Override
        public int hash(Known key) {
            return key.id().hashCode();
        }

        @Override
        public int hashOf(String id) {
            return id.hashCode();
        }

        @Override
        public boolean has(Known key, String id) {
            return key.id().equals(id);
        }
    });

    /** Very many keys are in the same few plans. */
    private final Map<List<String>, List<String>> planIds = new ConcurrentHashMap<>();

    private final Map<String, CompiledPlan> plans = new ConcurrentHashMap<>();

    /** @return the key of the value with that hash; null where there is none */
    Client find(KeyHash hash) {
        return byHash.get(hash);
    }

    boolean isEmpty() {
        return byHash.isEmpty();
    }

    public boolean hasKey(String id) {
        return byId.get(id) != null;
    }

    /** @return null where there is no such plan */
    public CompiledPlan plan(String id) {
        return plans.get(id);
    }

    /** Adds a key, or changes it. */
    public synchronized void put(String value, Client client) {
        if (planIds.size() > 10_000) {
            planIds.clear();
        }
        KeyHash hash = KeyHash.of(value);
        Known key = new Known(hash, client, planIds.computeIfAbsent(client.planIds(), same -> same));
        Known before = byId.put(key.id(), key);
        Known sameValue = byHash.put(hash, key);
        if (before != null && before != sameValue) {
            byHash.remove(before);
        }
    }

    public void put(CompiledPlan plan) {
        plans.put(plan.id(), plan);
    }

    public synchronized void removeKey(String id) {
        Known key = byId.get(id);
        if (key != null) {
            byId.remove(key);
            byHash.remove(key);
        }
    }

    public void removePlan(String id) {
        plans.remove(id);
    }
}
