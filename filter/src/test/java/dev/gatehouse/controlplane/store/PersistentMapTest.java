package dev.gatehouse.controlplane.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PersistentMapTest {

    /** Positive numbers are put, the others' opposites are removed. */
    @Property(tries = 300)
    void itIsTheSortedMapOfTheJdk(@ForAll @Size(max = 200) List<@IntRange(min = -40, max = 40) Integer> changes) {
        PersistentMap<Integer, String> map = PersistentMap.empty(Comparator.naturalOrder());
        TreeMap<Integer, String> plain = new TreeMap<>();
        for (int i = 0; i < changes.size(); i++) {
            int change = changes.get(i);
            PersistentMap<Integer, String> before = map;
            List<String> was = all(before);
            if (change > 0) {
                map = map.with(change, "v" + i);
                plain.put(change, "v" + i);
            } else {
                map = map.without(-change);
                plain.remove(-change);
            }
            assertThat(all(before)).as("a map that was").isEqualTo(was);
            assertThat(map.get(Math.abs(change))).isEqualTo(plain.get(Math.abs(change)));
        }
        assertThat(all(map)).containsExactlyElementsOf(plain.values());
        for (int from = -1; from <= 41; from++) {
            assertThat(ascending(map, from))
                    .containsExactlyElementsOf(plain.tailMap(from, false).values());
            assertThat(descending(map, from))
                    .containsExactlyElementsOf(
                            plain.headMap(from, false).descendingMap().values());
        }
    }

    @Test
    void itStaysFlatWhenKeysComeInOrder() {
        PersistentMap<Integer, Integer> map = PersistentMap.empty(Comparator.naturalOrder());
        for (int i = 0; i < 100_000; i++) {
            map = map.with(i, i);
        }
        assertThat(map.height()).isLessThanOrEqualTo(24);
    }

    @Test
    void aVisitEndsWhereItIsToldTo() {
        PersistentMap<Integer, Integer> map = PersistentMap.empty(Comparator.naturalOrder());
        for (int i = 0; i < 100; i++) {
            map = map.with(i, i);
        }
        List<Integer> seen = new ArrayList<>();
        map.ascend(10, value -> seen.add(value) && seen.size() < 3);
        map.descend(10, value -> seen.add(value) && seen.size() < 6);

        assertThat(seen).containsExactly(11, 12, 13, 9, 8, 7);
    }

    private static List<String> all(PersistentMap<Integer, String> map) {
        return ascending(map, Integer.MIN_VALUE);
    }

    private static List<String> ascending(PersistentMap<Integer, String> map, int above) {
        List<String> values = new ArrayList<>();
        map.ascend(above, values::add);
        return values;
    }

    private static List<String> descending(PersistentMap<Integer, String> map, int below) {
        List<String> values = new ArrayList<>();
        map.descend(below, values::add);
        return values;
    }
}
