package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.ApiKey;
import dev.gatehouse.definition.Deployment;
import dev.gatehouse.definition.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A store in which what the configuration declares lies beside its own entries, older than all of these, and cannot be changed. What
 * the store has under the id of something declared is not seen. Keys of the store may be in plans that are declared.
 */
final class DeclaredStore implements DefinitionStore {

    private final DefinitionStore store;
    private final Supplier<Declarations> declared;
    private volatile Fixed latest = Fixed.of(Declarations.NONE);

    /** @param declared asked for each read and write */
    DeclaredStore(DefinitionStore store, Supplier<Declarations> declared) {
        this.store = store;
        this.declared = declared;
    }

    @Override
    public <T> T read(Function<? super Reading, T> work) {
        Fixed fixed = fixed();
        return store.read(reading -> work.apply(new Both(reading, fixed)));
    }

    @Override
    public <T> T write(Function<? super Writing, T> work) {
        Fixed fixed = fixed();
        return store.write(writing -> work.apply(new Guarded(writing, fixed)));
    }

    @Override
    public long revision() {
        return store.revision();
    }

    private Fixed fixed() {
        Declarations now = declared.get();
        Fixed known = latest;
        if (known.source() != now) {
            known = Fixed.of(now);
            latest = known;
        }
        return known;
    }

    /** What is declared, as entries. */
    private record Fixed(Declarations source, Map<Key, Entry> entries, Map<String, Entry> keysByLookup) {

        /** Their sequences are below those of the store, in the order of the configuration. */
        static Fixed of(Declarations source) {
            Map<Key, Object> parts = new LinkedHashMap<>();
            source.apis().forEach(one -> add(one, parts));
            Map<Key, String> lookups = new HashMap<>();
            for (ApiKey key : source.apiKeys()) {
                // its value comes from where secrets are, and is told to nobody who cannot read it there
                parts.put(Key.of(ApiKeys.KIND, key.id()), key.with(draft -> draft.value = null));
                lookups.put(Key.of(ApiKeys.KIND, key.id()), ApiKeys.hash(key.value()));
            }
            for (Declarations.Plan one : source.usagePlans()) {
                String planId = one.plan().id();
                parts.put(Key.of(UsagePlans.KIND, planId), one.plan());
                for (String keyId : one.keyIds()) {
                    parts.put(new Key(UsagePlans.KEY_OF_PLAN, planId, keyId), Map.of());
                    parts.put(new Key(UsagePlans.PLAN_OF_KEY, keyId, planId), Map.of());
                }
            }
            Map<Key, Entry> entries = new LinkedHashMap<>();
            Map<String, Entry> byLookup = new HashMap<>();
            long sequence = Long.MIN_VALUE / 2;
            for (Map.Entry<Key, Object> part : parts.entrySet()) {
                String lookup = lookups.get(part.getKey());
                Entry entry = new Entry(part.getKey(), Documents.text(part.getValue()), lookup, 1, sequence++);
                entries.put(part.getKey(), entry);
                if (lookup != null) {
                    byLookup.put(lookup, entry);
                }
            }
            return new Fixed(source, entries, byLookup);
        }

        private static void add(Declared one, Map<Key, Object> parts) {
            String apiId = one.definition().restApi().id();
            Deployment deployment = new Deployment(one.deploymentId(), null, null, null);
            parts.put(Key.of(Apis.KIND, apiId), one.definition());
            parts.put(new Key(Stages.DEPLOYMENT, apiId, one.deploymentId()), deployment);
            parts.put(new Key(Stages.FROZEN, apiId, one.deploymentId()), one.definition());
            for (Stage stage : one.stages()) {
                parts.put(new Key(Stages.STAGE, apiId, stage.stageName()), stage);
            }
        }

        boolean has(Key key) {
            return entries.containsKey(owner(key));
        }

        /** What is declared, or not, together with an entry: an API with all its parts, a key with its memberships, a plan alone. */
        static Key owner(Key key) {
            return switch (key.kind()) {
                case Apis.KIND, ApiKeys.KIND, UsagePlans.KIND -> key;
                case UsagePlans.KEY_OF_PLAN -> Key.of(ApiKeys.KIND, key.id());
                case UsagePlans.PLAN_OF_KEY -> Key.of(ApiKeys.KIND, key.parent());
                default -> Key.of(Apis.KIND, key.parent());
            };
        }
    }

    private static class Both implements Reading {

        private final Reading reading;
        final Fixed fixed;

        Both(Reading reading, Fixed fixed) {
            this.reading = reading;
            this.fixed = fixed;
        }

        @Override
        public Optional<Entry> get(Key key) {
            return fixed.has(key) ? Optional.ofNullable(fixed.entries().get(key)) : reading.get(key);
        }

        @Override
        public Optional<Entry> find(String kind, String lookup) {
            Entry own = kind.equals(ApiKeys.KIND) ? fixed.keysByLookup().get(lookup) : null;
            return own != null ? Optional.of(own) : reading.find(kind, lookup).filter(entry -> !fixed.has(entry.key()));
        }

        @Override
        public List<Entry> list(String kind, String parent, Order order, OptionalLong after, int limit) {
            if (fixed.entries().isEmpty()) {
                return reading.list(kind, parent, order, after, limit);
            }
            boolean upwards = order == Order.OLDEST_FIRST;
            List<Entry> all = new ArrayList<>();
            fixed.entries().values().stream()
                    .filter(entry -> entry.key().kind().equals(kind)
                            && entry.key().parent().equals(parent))
                    .filter(entry -> after.isEmpty()
                            || (upwards ? entry.sequence() > after.getAsLong() : entry.sequence() < after.getAsLong()))
                    .forEach(all::add);
            // those that are hidden must not shorten the page
            int hidden = fixed.entries().size();
            int more = limit > Integer.MAX_VALUE - hidden ? limit : limit + hidden;
            reading.list(kind, parent, order, after, limit <= 0 ? 0 : more).stream()
                    .filter(entry -> !fixed.has(entry.key()))
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

        Guarded(Writing writing, Fixed fixed) {
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
            if (kind.equals(UsagePlans.KEY_OF_PLAN)) {
                refuseFixed(Key.of(UsagePlans.KIND, parent));
            } else {
                refuseFixed(new Key(kind, parent, ""));
            }
            writing.removeAll(kind, parent);
        }

        private void refuseFixed(Key key) {
            if (fixed.has(key)) {
                Key owner = Fixed.owner(key);
                String thing = switch (owner.kind()) {
                    case ApiKeys.KIND -> "API Key ";
                    case UsagePlans.KIND -> "Usage Plan ";
                    default -> "REST API ";
                };
                throw ControlError.badRequest(thing + owner.id()
                        + " is declared in the configuration of the gateway and can be changed there only");
            }
        }
    }
}
