package dev.gatehouse.controlplane.iam;

import dev.gatehouse.controlplane.control.Home;
import dev.gatehouse.controlplane.control.Marks;
import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.EncryptedStore;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.StoreFailedException;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.IdentityPolicies;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.identity.PrincipalArn;
import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.policy.PolicyReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users that IAM's actions have left in the store, with what is needed to prove signatures: one look into a map for each of them. Their
 * policies are compiled once for each change. Thread-safe.
 *
 * <p>Whoever cannot be read, because an entry was exchanged or has a policy that this version does not understand, may sign nothing.
 */
public final class StoredIdentities implements IdentitySource {

    private static final Logger LOG = LoggerFactory.getLogger(StoredIdentities.class);

    /**
     * What the store says of somebody.
     *
     * @param user null where there is nobody of that name, or nobody to rely on
     * @param objection why not; null where there is none
     * @param mark of the change
     */
    private record Found(User user, String objection, long mark) {}

    private final DefinitionStore store;
    private final Home home;
    private volatile Map<String, Key<Identity>> keys = Map.of();

    /** Access keys by the name of their user. */
    private final Map<String, Set<String>> idsOf = new HashMap<>();

    private long revision = -1;
    private long lastMark;

    /**
     * @param store encrypted, as secrets are in there
     * @param home whose users they are
     */
    public StoredIdentities(EncryptedStore store, Home home) {
        this.store = store;
        this.home = home;
    }

    DefinitionStore store() {
        return store;
    }

    @Override
    public Optional<Key<Identity>> find(String accessKeyId) {
        return Optional.ofNullable(keys.get(accessKeyId));
    }

    /** Whether nobody may sign. */
    public boolean isEmpty() {
        return keys.values().stream().allMatch(key -> key.secretAccessKeys().isEmpty());
    }

    /**
     * From now on counts what the store says: to be called at the start, after each change, and every now and then where other processes
     * write to the same store. Reads those who have changed since the last time.
     */
    public synchronized void refresh() {
        long now = store.revision();
        if (now == revision) {
            return;
        }
        long before = lastMark;
        Map<String, Found> changed = store.read(reading -> {
            Map<String, Found> all = new HashMap<>();
            Marks.USERS.after(reading, before).forEach((name, mark) -> all.put(name, found(reading, name, mark)));
            return all;
        });
        if (!changed.isEmpty()) {
            admit(changed);
            lastMark = changed.values().stream().mapToLong(Found::mark).max().orElse(before);
        }
        revision = now;
    }

    private static Found found(Reading reading, String name, long mark) {
        try {
            return new Found(Users.find(reading, name).orElse(null), null, mark);
        } catch (StoreFailedException | IllegalStateException e) {
            return new Found(null, e.getMessage(), mark);
        }
    }

    /** All at once: a key may have moved from one of them to another, with a name. */
    private void admit(Map<String, Found> changed) {
        Map<String, Key<Identity>> all = new HashMap<>(keys);
        changed.keySet().forEach(name -> all.keySet().removeAll(idsOf.getOrDefault(name, Set.of())));
        changed.forEach((name, found) -> {
            if (found.objection() != null) {
                refused(name, found.objection());
            }
            Map<String, Key<Identity>> own = found.user() == null ? Map.of() : keys(found.user());
            idsOf.put(name, Set.copyOf(own.keySet()));
            all.putAll(own);
        });
        idsOf.values().removeIf(Set::isEmpty);
        keys = Map.copyOf(all);
    }

    private static void refused(String name, Object reason) {
        LOG.error("The access keys of user {} are refused: {}", name, reason);
    }

    /** Access keys by their ids. One that is not active is known all the same, so that nobody else is asked for it. */
    private Map<String, Key<Identity>> keys(User user) {
        List<Policy> policies = new ArrayList<>();
        for (Map.Entry<String, String> text : user.policies().entrySet()) {
            PolicyReading reading = IdentityPolicies.compile(text.getValue());
            if (reading.policy().isEmpty()) {
                refused(user.name(), "the policy " + text.getKey() + " is not understood: " + reading.problems());
                return Map.of();
            }
            policies.add(reading.policy().get());
        }
        PrincipalArn principal = PrincipalArn.of(Realm.arn(home, user.path() + user.name()));
        Map<String, Key<Identity>> own = new HashMap<>();
        for (AccessKey key : user.keys()) {
            Identity identity = new Identity(key.id(), principal, user.id(), user.tags(), policies);
            own.put(key.id(), key.active() ? Key.of(key.secret(), identity) : Key.disabled(identity));
        }
        return own;
    }
}
