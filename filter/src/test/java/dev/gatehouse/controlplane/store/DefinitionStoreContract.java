package dev.gatehouse.controlplane.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link DefinitionStore} keeps to. A test class of an implementation extends this one. */
public abstract class DefinitionStoreContract {

    private static final Key KEY = new Key("stage", "api", "prod");

    /** @return the store of this test; empty at the beginning of each test, and the same within one */
    protected abstract DefinitionStore store();

    @Test
    void whatWasWrittenIsRead() {
        store().write(writing -> writing.put(KEY, "{\"a\":1}"));

        Entry entry = get(KEY).orElseThrow();

        assertThat(entry.key()).isEqualTo(KEY);
        assertThat(entry.json()).isEqualTo("{\"a\":1}");
        assertThat(entry.version()).isEqualTo(1);
        assertThat(entry.lookup()).isNull();
    }

    @Test
    void textsOfAnySizeAndAlphabetComeBackAsTheyWere() {
        String text = "\u00e4\u20ac\ud83d\ude00'\"\\".repeat(100_000);
        store().write(writing -> writing.put(new Key("stage", "", "\u00e4/'%_"), text));

        assertThat(get(new Key("stage", "", "\u00e4/'%_")))
                .hasValueSatisfying(entry -> assertThat(entry.json()).isEqualTo(text));
    }

    @Test
    void keysDifferByEachPartAndByCase() {
        store().write(writing -> writing.put(KEY, "1"));

        for (Key other : List.of(
                new Key("stagE", "api", "prod"), new Key("stage", "Api", "prod"), new Key("stage", "api", "Prod"))) {
            assertThat(get(other)).isEmpty();
        }
    }

    @Test
    void aChangeRaisesTheVersionAndKeepsThePlace() {
        store().write(writing -> {
            writing.put(new Key("k", "", "a"), "1");
            return writing.put(new Key("k", "", "b"), "1");
        });
        Entry changed = store().write(writing -> writing.put(new Key("k", "", "a"), "2"));

        assertThat(changed.version()).isEqualTo(2);
        assertThat(ids(Order.OLDEST_FIRST, OptionalLong.empty(), 9)).containsExactly("a", "b");
    }

    @Test
    void whatIsRemovedIsGoneAndComesBackAsNew() {
        store().write(writing -> writing.put(KEY, "1"));
        assertThat(store().<Boolean>write(writing -> writing.remove(KEY))).isTrue();
        assertThat(store().<Boolean>write(writing -> writing.remove(KEY))).isFalse();

        assertThat(get(KEY)).isEmpty();
        assertThat(store().write(writing -> writing.put(KEY, "1")).version()).isEqualTo(1);
    }

    @Test
    void listsHaveOneKindAndOneParentInTheOrderOfCreation() {
        store().write(writing -> {
            writing.put(new Key("k", "p", "x"), "1");
            writing.put(new Key("l", "", "x"), "1");
            for (String id : List.of("c", "a", "b")) {
                writing.put(new Key("k", "", id), "1");
            }
            return null;
        });

        assertThat(ids(Order.OLDEST_FIRST, OptionalLong.empty(), 9)).containsExactly("c", "a", "b");
        assertThat(ids(Order.NEWEST_FIRST, OptionalLong.empty(), 9)).containsExactly("b", "a", "c");
        assertThat(ids(Order.OLDEST_FIRST, OptionalLong.empty(), 0)).isEmpty();
        assertThat(ids(Order.OLDEST_FIRST, OptionalLong.empty(), -1)).isEmpty();
    }

    @Test
    void pagesGoOnAfterTheLastEntryEvenWhenItIsGone() {
        store().write(writing -> {
            IntStream.range(0, 7).forEach(i -> writing.put(new Key("k", "", "id" + i), "1"));
            return null;
        });
        List<Entry> first = store().read(reading -> reading.list("k", "", Order.NEWEST_FIRST, OptionalLong.empty(), 3));
        store().write(writing -> writing.remove(first.get(2).key()));

        assertThat(first).extracting(entry -> entry.key().id()).containsExactly("id6", "id5", "id4");
        assertThat(ids(Order.NEWEST_FIRST, OptionalLong.of(first.get(2).sequence()), 3))
                .containsExactly("id3", "id2", "id1");
        assertThat(ids(Order.OLDEST_FIRST, OptionalLong.of(first.get(1).sequence()), 3))
                .containsExactly("id6");
    }

    @Test
    void manyAreReadAtOnce() {
        store().write(writing -> {
            for (String id : List.of("c", "a", "b")) {
                writing.put(new Key("k", "", id), id);
                writing.put(new Key("k", "p", id), "p" + id);
            }
            writing.put(new Key("k", "q", "x"), "qx");
            writing.put(new Key("other", "q", "y"), "y");
            assertThat(writing.get("k", "p", Set.of("a"))).containsOnlyKeys("a");
            return null;
        });

        Map<String, Entry> some = store().read(reading -> reading.get("k", "", Set.of("c", "b", "x", "'", "\0")));
        assertThat(some).containsOnlyKeys("b", "c");
        assertThat(some.get("b")).isEqualTo(get(new Key("k", "", "b")).orElseThrow());
        assertThat(store().<Map<String, Entry>>read(reading -> reading.get("k", "", Set.of())))
                .isEmpty();

        Map<String, List<Entry>> both = store().read(reading -> reading.list("k", Set.of("q", "p", "r", "\0")));
        assertThat(both).containsOnlyKeys("p", "q");
        assertThat(both.get("p")).isEqualTo(list("k", "p"));
        assertThat(both.get("q")).isEqualTo(list("k", "q"));
        assertThat(store().<Map<String, List<Entry>>>read(reading -> reading.list("k", Set.of())))
                .isEmpty();
    }

    @Test
    void removingAllOfAParentLeavesTheOthers() {
        store().write(writing -> {
            writing.put(new Key("k", "", "a"), "1", "value-a");
            writing.put(new Key("k", "p", "a"), "1", "value-b");
            writing.removeAll("k", "p");
            return null;
        });

        assertThat(list("k", "p")).isEmpty();
        assertThat(find("k", "value-b")).isEmpty();
        assertThat(ids(Order.OLDEST_FIRST, OptionalLong.empty(), 9)).containsExactly("a");
    }

    @Test
    void aLookupValueFindsItsEntryAsLongAsItHasIt() {
        store().write(writing -> writing.put(KEY, "1", "hash"));
        assertThat(find("stage", "hash"))
                .hasValueSatisfying(entry -> assertThat(entry.key()).isEqualTo(KEY));
        assertThat(find("other", "hash")).isEmpty();

        store().write(writing -> writing.put(KEY, "1", "new"));
        assertThat(find("stage", "hash")).isEmpty();
        store().write(writing -> writing.put(KEY, "1"));
        assertThat(find("stage", "new")).isEmpty();
    }

    @Test
    void aLookupValueBelongsToOneEntryOfItsKind() {
        store().write(writing -> writing.put(KEY, "1", "hash"));
        store().write(writing -> writing.put(new Key("other", "", "x"), "1", "hash"));

        assertThatThrownBy(() -> store().write(writing -> writing.put(new Key("stage", "", "x"), "1", "hash")))
                .isInstanceOf(IllegalArgumentException.class);
        store().write(writing -> writing.remove(KEY));
        store().write(writing -> writing.put(new Key("stage", "", "x"), "1", "hash"));
    }

    @Test
    void aWriterReadsItsOwnChanges() {
        List<Entry> seen = store().write(writing -> {
            writing.put(new Key("k", "", "a"), "1");
            writing.put(new Key("k", "", "b"), "1");
            writing.remove(new Key("k", "", "a"));
            return writing.list("k", "");
        });

        assertThat(seen).extracting(entry -> entry.key().id()).containsExactly("b");
    }

    @Test
    void aFailedWriteChangesNothing() {
        store().write(writing -> writing.put(KEY, "1", "hash"));
        long revision = store().revision();

        IllegalArgumentException failure = new IllegalArgumentException("no");
        assertThatThrownBy(() -> store().write(writing -> {
                    writing.put(KEY, "2", "new");
                    writing.put(new Key("k", "", "a"), "1");
                    writing.removeAll("stage", "api");
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(find("stage", "hash"))
                .hasValueSatisfying(entry -> assertThat(entry.json()).isEqualTo("1"));
        assertThat(ids(Order.OLDEST_FIRST, OptionalLong.empty(), 9)).isEmpty();
        assertThat(store().revision()).isEqualTo(revision);
    }

    @Test
    void theRevisionGrowsWithEachChangeAndOnlyThen() {
        long before = store().revision();
        store().write(writing -> writing.put(KEY, "1"));
        long after = store().revision();
        store().write(writing -> writing.get(KEY));
        store().write(writing -> writing.remove(new Key("k", "", "unknown")));

        assertThat(after).isGreaterThan(before);
        assertThat(store().revision()).isEqualTo(after);
    }

    @Test
    void anotherUseFromWithinIsRefused() {
        assertThatThrownBy(() -> store().write(writing -> store().<Object>write(inner -> null)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store().write(writing -> store().<Object>read(inner -> null)))
                .isInstanceOf(IllegalStateException.class);
        store().write(writing -> writing.put(KEY, "usable again"));
    }

    @Test
    void concurrentWritesAreNeverLost() throws Exception {
        store().write(writing -> writing.put(KEY, "0"));
        int writers = 4;
        int each = 25;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<Integer>> written = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                written.add(threads.submit(() -> {
                    start.await();
                    int done = 0;
                    for (int j = 0; j < each; j++) {
                        done += increment();
                    }
                    return done;
                }));
            }
            start.countDown();
            int done = 0;
            for (Future<Integer> one : written) {
                done += one.get(60, TimeUnit.SECONDS);
            }

            int total = done;
            assertThat(get(KEY))
                    .hasValueSatisfying(entry -> assertThat(entry.json()).isEqualTo(String.valueOf(total)));
            assertThat(total).isPositive();
        } finally {
            threads.shutdownNow();
        }
    }

    private Optional<Entry> get(Key key) {
        return store().read(reading -> reading.get(key));
    }

    private Optional<Entry> find(String kind, String lookup) {
        return store().read(reading -> reading.find(kind, lookup));
    }

    private List<Entry> list(String kind, String parent) {
        return store().read(reading -> reading.list(kind, parent));
    }

    private int increment() {
        try {
            store().write(writing -> {
                int before = Integer.parseInt(writing.get(KEY).orElseThrow().json());
                return writing.put(KEY, String.valueOf(before + 1));
            });
            return 1;
        } catch (StoreConflictException conflict) {
            return 0;
        }
    }

    private List<String> ids(Order order, OptionalLong after, int limit) {
        return store().read(reading -> reading.list("k", "", order, after, limit)).stream()
                .map(entry -> entry.key().id())
                .toList();
    }
}
