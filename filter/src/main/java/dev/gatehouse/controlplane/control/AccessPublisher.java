package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.definition.ApiKey;
import dev.gatehouse.definition.UsagePlan;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells the data plane which API keys and usage plans there are in one region. There may be a million keys, so they come in pieces, each
 * with two or three questions to the store. Not thread-safe.
 */
final class AccessPublisher {

    private static final int PIECE = 1000;
    private static final long NEVER = -1;

    private final DefinitionStore store;
    private final DataPlane dataPlane;
    private long lastMark = NEVER;

    AccessPublisher(DefinitionStore store, DataPlane dataPlane) {
        this.store = store;
        this.dataPlane = dataPlane;
    }

    /** What has changed since the last time, whoever changed it; the first time everything. */
    void publish() {
        if (lastMark == NEVER) {
            // asked before all else, so that what changes meanwhile is told once more
            long mark = store.read(Marks.ACCESS::last);
            store.read(reading -> reading.list(UsagePlans.KIND, "")).stream()
                    .map(UsagePlans::read)
                    .forEach(plan -> dataPlane.admitPlan(plan.id(), plan));
            publishAllKeys();
            lastMark = mark;
        }
        while (publishChanges() == PIECE) {
            // there may be more of them
        }
    }

    private void publishAllKeys() {
        OptionalLong after = OptionalLong.empty();
        List<AdmittedKey> piece;
        do {
            OptionalLong from = after;
            piece = store.read(
                    reading -> keys(reading, reading.list(ApiKeys.KIND, "", Order.OLDEST_FIRST, from, PIECE)));
            piece.forEach(this::tell);
            after = piece.isEmpty()
                    ? after
                    : OptionalLong.of(piece.get(piece.size() - 1).sequence());
        } while (piece.size() == PIECE);
    }

    /**
     * A key as of one moment.
     *
     * @param planIds usage plans that it is in
     */
    private record AdmittedKey(ApiKey key, List<String> planIds, long sequence) {}

    private static List<AdmittedKey> keys(Reading reading, Collection<Entry> entries) {
        Map<String, List<String>> plans = UsagePlans.plansOf(
                reading, entries.stream().map(entry -> entry.key().id()).collect(Collectors.toSet()));
        return entries.stream()
                .map(entry -> new AdmittedKey(
                        ApiKeys.read(entry), plans.getOrDefault(entry.key().id(), List.of()), entry.sequence()))
                .toList();
    }

    private void tell(AdmittedKey one) {
        dataPlane.admitKey(one.key().id(), one.key(), one.planIds());
    }

    /**
     * Things that were changed, as of one moment.
     *
     * @param marks by kind and id
     * @param plans those that are still there
     * @param keys those that are still there
     */
    private record Changes(Map<String, Long> marks, List<UsagePlan> plans, List<AdmittedKey> keys) {

        static Changes of(Reading reading, long lastMark) {
            Map<String, Long> marks = Marks.ACCESS.after(reading, lastMark, PIECE);
            return new Changes(
                    marks,
                    reading.get(UsagePlans.KIND, "", ids(marks, UsagePlans.KIND)).values().stream()
                            .map(UsagePlans::read)
                            .toList(),
                    AccessPublisher.keys(
                            reading,
                            reading.get(ApiKeys.KIND, "", ids(marks, ApiKeys.KIND))
                                    .values()));
        }

        Set<String> ids(String kind) {
            return ids(marks, kind);
        }

        private static Set<String> ids(Map<String, Long> marks, String kind) {
            return marks.keySet().stream()
                    .filter(thing -> thing.startsWith(kind + "/"))
                    .map(thing -> thing.substring(kind.length() + 1))
                    .collect(Collectors.toSet());
        }
    }

    /** @return how many things were looked at */
    private int publishChanges() {
        Changes changes = store.read(reading -> Changes.of(reading, lastMark));
        Set<String> gone = new HashSet<>(changes.ids(UsagePlans.KIND));
        changes.plans().forEach(plan -> {
            gone.remove(plan.id());
            dataPlane.admitPlan(plan.id(), plan);
        });
        gone.forEach(id -> dataPlane.admitPlan(id, null));
        Set<String> goneKeys = new HashSet<>(changes.ids(ApiKeys.KIND));
        changes.keys().forEach(one -> {
            goneKeys.remove(one.key().id());
            tell(one);
        });
        goneKeys.forEach(id -> dataPlane.admitKey(id, null, List.of()));
        lastMark = Marks.last(changes.marks(), lastMark);
        return changes.marks().size();
    }
}
