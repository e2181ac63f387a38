package dev.gatehouse.engine.table;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Things that know their keys themselves, in one array with open addressing: about eight bytes for each beside the thing, where a
 * {@code ConcurrentHashMap} takes more than forty. For tables of a million. Thread-safe: who looks waits for nobody, and who changes waits for who
 * else changes.
 *
 * @param <K> what is looked for; need not live longer than the search
 * @param <V> what is found; its key must not change while it is in here
 */
public final class CompactTable<K, V> {

    /** How things and keys belong together. */
    public interface Keying<K, V> {

        /** The hash of a thing's key: that of {@link #hashOf} for the same key. */
        int hash(V thing);

        int hashOf(K key);

        /** Whether a thing has this key. */
        boolean has(V thing, K key);
    }

    private static final int SMALLEST = 16;

    /** Where something was removed: a search must not end there. */
    private static final Object GONE = new Object();

    private final Keying<K, V> keying;
    private volatile AtomicReferenceArray<Object> slots = new AtomicReferenceArray<>(SMALLEST);
    private volatile int size;
    private int taken;

    public CompactTable(Keying<K, V> keying) {
        this.keying = Objects.requireNonNull(keying, "keying");
    }

    /** @return null where there is none */
    public V get(K key) {
        AtomicReferenceArray<Object> array = slots;
        int mask = array.length() - 1;
        int i = spread(keying.hashOf(key)) & mask;
        while (true) {
            Object there = array.get(i);
            if (there == null) {
                return null;
            }
            if (there != GONE && keying.has(thing(there), key)) {
                return thing(there);
            }
            i = i + 1 & mask;
        }
    }

    /** What is there of that key, or else what is made for it. */
    public V computeIfAbsent(K key, Supplier<V> made) {
        V there = get(key);
        if (there != null) {
            return there;
        }
        synchronized (this) {
            there = get(key);
            if (there == null) {
                there = made.get();
                add(there);
            }
            return there;
        }
    }

    /**
     * @param key of the thing
     * @return what was there of the same key before; null for nothing
     */
    public synchronized V put(K key, V thing) {
        AtomicReferenceArray<Object> array = slots;
        int mask = array.length() - 1;
        int i = spread(keying.hashOf(key)) & mask;
        for (Object there = array.get(i); there != null; there = array.get(i)) {
            if (there != GONE && keying.has(thing(there), key)) {
                array.set(i, thing);
                return thing(there);
            }
            i = i + 1 & mask;
        }
        add(thing);
        return null;
    }

    private void add(V thing) {
        if ((taken + 1L) * 3 > slots.length() * 2L) {
            rebuild();
        }
        insert(slots, thing);
        taken++;
        size++;
    }

    /** Those that search meanwhile go on in the old array, which is left as it is. */
    private void rebuild() {
        int length = SMALLEST;
        while (length < (size + 1L) * 2) {
            length *= 2;
        }
        AtomicReferenceArray<Object> fresh = new AtomicReferenceArray<>(length);
        forEach(thing -> insert(fresh, thing));
        slots = fresh;
        taken = size;
    }

    private void insert(AtomicReferenceArray<Object> array, V thing) {
        int mask = array.length() - 1;
        int i = spread(keying.hash(thing)) & mask;
        while (array.get(i) != null) {
            i = i + 1 & mask;
        }
        array.set(i, thing);
    }

    /** @return whether this very thing was there */
    public synchronized boolean remove(V thing) {
        AtomicReferenceArray<Object> array = slots;
        int mask = array.length() - 1;
        int i = spread(keying.hash(thing)) & mask;
        for (Object there = array.get(i); there != null; there = array.get(i)) {
            if (there == thing) {
                array.set(i, GONE);
                size--;
                if (size < array.length() / 8 && array.length() > SMALLEST) {
                    rebuild();
                }
                return true;
            }
            i = i + 1 & mask;
        }
        return false;
    }

    /** Everything that is there all the time; what comes or goes meanwhile is among it or not. */
    public void forEach(Consumer<? super V> work) {
        AtomicReferenceArray<Object> array = slots;
        for (int i = 0; i < array.length(); i++) {
            Object there = array.get(i);
            if (there != null && there != GONE) {
                work.accept(thing(there));
            }
        }
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    @SuppressWarnings("unchecked")
    private V thing(Object there) {
        return (V) there;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 15;
    }
}
