package dev.gatehouse.engine.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CompactTableTest {

    private record Thing(int key, int version) {}

    /** Of each four keys all have the same hash. */
    private final CompactTable<Integer, Thing> table = new CompactTable<>(new CompactTable.Keying<>() {
        @Override
        public int hash(Thing thing) {
            return thing.key() / 4;
        }

        @Override
        public int hashOf(Integer key) {
            return key / 4;
        }

        @Override
        public boolean has(Thing thing, Integer key) {
            return thing.key() == key;
        }
    });

    @Property(tries = 300)
    void itDoesWhatAMapDoes(@ForAll @Size(max = 500) List<@IntRange(max = 400) Integer> steps) {
        Map<Integer, Thing> map = new HashMap<>();
        List<Thing> there = new ArrayList<>();
        table.forEach(there::add);
        there.forEach(table::remove);
        assertThat(table.size()).isZero();
        int version = 0;
        for (int step : steps) {
            int key = step / 3;
            switch (step % 3) {
                case 0 -> {
                    Thing thing = new Thing(key, version++);
                    assertThat(table.put(key, thing)).isEqualTo(map.put(key, thing));
                }
                case 1 -> {
                    Thing thing = new Thing(key, version++);
                    assertThat(table.computeIfAbsent(key, () -> thing))
                            .isEqualTo(map.computeIfAbsent(key, absent -> thing));
                }
                default -> {
                    Thing gone = map.remove(key);
                    assertThat(table.get(key)).isEqualTo(gone);
                    assertThat(gone != null && table.remove(gone)).isEqualTo(gone != null);
                }
            }
            assertThat(table.size()).isEqualTo(map.size());
        }
        map.forEach((key, thing) -> assertThat(table.get(key)).isSameAs(thing));
        List<Thing> all = new ArrayList<>();
        table.forEach(all::add);
        assertThat(all).containsExactlyInAnyOrderElementsOf(map.values());
    }

    @Test
    void onlyTheVeryThingIsRemoved() {
        Thing before = new Thing(1, 1);
        table.put(1, before);
        table.put(1, new Thing(1, 2));
        assertThat(table.remove(before)).isFalse();
        assertThat(table.get(1).version()).isEqualTo(2);
    }

    @Test
    void whoeverLooksAlwaysFindsWhatIsThereAllTheTime() throws Exception {
        for (int key = 0; key < 100; key++) {
            table.put(key, new Thing(key, 0));
        }
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            Callable<Integer> look = () -> {
                int missed = 0;
                while (!ended.get()) {
                    for (int key = 0; key < 100; key++) {
                        missed += table.get(key) == null ? 1 : 0;
                    }
                }
                return missed;
            };
            List<Future<Integer>> lookers = List.of(pool.submit(look), pool.submit(look));
            for (int round = 0; round < 50; round++) {
                for (int key = 100; key < 3000; key++) {
                    table.put(key, new Thing(key, round));
                }
                for (int key = 100; key < 3000; key++) {
                    assertThat(table.remove(table.get(key))).isTrue();
                }
            }
            ended.set(true);
            for (Future<Integer> looker : lookers) {
                assertThat(looker.get()).isZero();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
