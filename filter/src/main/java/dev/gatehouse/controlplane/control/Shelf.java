package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Definitions of one kind that stand alone in the store, each an entry, with tags that are shown wherever one is shown alone: what the
 * operations on them have in common.
 *
 * @param kind of the entries
 * @param id of a definition; the id of its entry, too
 * @param unknown what is said where there is none of that id
 */
record Shelf<T>(String kind, Class<T> type, Function<T, String> id, String unknown) {

    boolean has(Reading reading, String wanted) {
        return reading.get(Key.of(kind, wanted)).isPresent();
    }

    /** @throws ControlError where there is none */
    T get(Reading reading, String wanted) {
        return reading.get(Key.of(kind, wanted)).map(this::read).orElseThrow(() -> ControlError.notFound(unknown));
    }

    void put(Writing writing, T definition) {
        writing.put(Key.of(kind, id.apply(definition)), Documents.text(definition));
    }

    /** @throws ControlError where there is none */
    void remove(Writing writing, String wanted) {
        if (!writing.remove(Key.of(kind, wanted))) {
            throw ControlError.notFound(unknown);
        }
    }

    /** A page, newest first. */
    Answer list(Call call) {
        return list(call, UnaryOperator.identity());
    }

    /** @param now a definition as it is to be shown now */
    Answer list(Call call, UnaryOperator<T> now) {
        return call.read(reading ->
                call.page(reading, kind, "", Order.NEWEST_FIRST, entry -> Documents.wire(now.apply(read(entry)))));
    }

    /** @param label of the path that has the id */
    Answer show(Call call, String label) {
        return show(call, label, UnaryOperator.identity());
    }

    /** @param now a definition as it is to be shown now */
    Answer show(Call call, String label, UnaryOperator<T> now) {
        String wanted = call.label(label);
        T definition = call.read(reading -> get(reading, wanted));
        return Answer.json(Tags.shown(Documents.wire(now.apply(definition))));
    }

    /** All there are, oldest first. */
    List<T> all(Reading reading) {
        return reading.list(kind, "").stream().map(this::read).toList();
    }

    /**
     * @param label of the path that has the id
     * @param input name of the input shape, for messages
     */
    Answer update(Call call, String label, String input, Patch<T> patch) {
        return update(call, label, input, patch, UnaryOperator.identity());
    }

    /** @param now a definition as it is to be shown now */
    Answer update(Call call, String label, String input, Patch<T> patch, UnaryOperator<T> now) {
        List<PatchOperation> operations = call.body(input).patchOperations();
        String wanted = call.label(label);
        T updated = call.write(writing -> {
            T after = patch.apply(get(writing, wanted), operations);
            put(writing, after);
            return after;
        });
        return Answer.json(Tags.shown(Documents.wire(now.apply(updated))));
    }

    private T read(Entry entry) {
        return Documents.read(entry.json(), type);
    }
}
