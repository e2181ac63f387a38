package dev.gatehouse.dataplane.snapshot;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * API keys and usage plans, as they are now: changes act on the next call, without a deployment. Keys are found by the hash of their
 * value, which is all that is kept of it. Thread-safe; a call sees each key and each plan as a whole.
 */
public final class AccessTable {

    /**
     * What a key opens.
     *
     * @param id never secret, unlike the value
     * @param planIds plans that it is in
     */
    public record Client(String id, boolean enabled, List<String> planIds) {
        public Client {
            planIds = List.copyOf(planIds);
        }
    }

    private final Map<KeyHash, Client> keys = new ConcurrentHashMap<>();
    private final Map<String, KeyHash> hashes = new ConcurrentHashMap<>();
    private final Map<String, CompiledPlan> plans = new ConcurrentHashMap<>();

    /** @return the key of that value; null where there is none */
    public Client find(String value) {
        // an empty table is asked by every call as well
        return keys.isEmpty() ? null : keys.get(KeyHash.of(value));
    }

    public boolean hasKey(String id) {
        return hashes.containsKey(id);
    }

    /** @return null where there is no such plan */
    public CompiledPlan plan(String id) {
        return plans.get(id);
    }

    /** Adds a key, or changes it. */
    public void put(String value, Client client) {
        KeyHash hash = KeyHash.of(value);
        keys.put(hash, client);
        KeyHash before = hashes.put(client.id(), hash);
        if (before != null && !before.equals(hash)) {
            keys.remove(before);
        }
    }

    public void put(CompiledPlan plan) {
        plans.put(plan.id(), plan);
    }

    public void removeKey(String id) {
        KeyHash hash = hashes.remove(id);
        if (hash != null) {
            keys.remove(hash);
        }
    }

    public void removePlan(String id) {
        plans.remove(id);
    }

    /** Leaves only these; those that stay are there all the time. */
    public void retain(Collection<String> keyIds, Collection<String> planIds) {
        List.copyOf(hashes.keySet()).stream().filter(id -> !keyIds.contains(id)).forEach(this::removeKey);
        plans.keySet().retainAll(planIds);
    }
}
