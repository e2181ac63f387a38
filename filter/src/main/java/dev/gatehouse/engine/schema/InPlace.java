package dev.gatehouse.engine.schema;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which schemas look at the same value as another one ({@code allOf} and the like). Such a chain must not close, or checking
 * would not end; and it must not branch without measure, or every request would pay for it.
 */
final class InPlace {

    /** Schemas that one value may have to be held against at one place. */
    private static final long MOST = 10_000;

    private static final int DEEPEST = 100;

    private final Map<Schema, List<Schema>> edges = new IdentityHashMap<>();

    void add(Schema around, Schema placed) {
        edges.computeIfAbsent(around, key -> new ArrayList<>()).add(placed);
    }

    /** What is wrong anywhere; the same for all schemas read so far. */
    Optional<String> problem() {
        Map<Schema, Long> counted = new IdentityHashMap<>();
        try {
            for (Schema schema : edges.keySet()) {
                if (count(schema, counted, 0) > MOST) {
                    return Optional.of("more than " + MOST + " schemas look at one value");
                }
            }
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of(e.getMessage());
        }
    }

    private long count(Schema schema, Map<Schema, Long> counted, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalStateException(
                    "allOf, anyOf, oneOf, not or dependencies lead back to their own schema, or through more than "
                            + DEEPEST + " others");
        }
        Long known = counted.get(schema);
        if (known != null) {
            return known;
        }
        long sum = 1;
        for (Schema placed : edges.getOrDefault(schema, List.of())) {
            sum = Math.min(MOST + 1, sum + count(placed, counted, depth + 1));
        }
        counted.put(schema, sum);
        return sum;
    }
}
