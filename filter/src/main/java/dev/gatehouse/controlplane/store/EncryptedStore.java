package dev.gatehouse.controlplane.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * A store whose texts nobody can read, change or exchange for each other who has only what is behind it: private keys and values of
 * API keys lie among them. Keys of entries, their number, sizes and order stay visible, and a whole store can be put back to how it was
 * before. A store is encrypted from its beginning or not at all.
 */
public final class EncryptedStore implements DefinitionStore {

    /** Whether a store is encrypted, and with which key, is known by this entry. */
    private static final Key WITNESS = Key.of("encryption", "witness");

    private static final String PREFIX = "{\"sealed\":\"";
    private static final String SUFFIX = "\"}";
    private static final int NO_LOOKUP = -1;

    private final DefinitionStore store;
    private final EncryptionKey key;

    private EncryptedStore(DefinitionStore store, EncryptionKey key) {
        this.store = store;
        this.key = key;
    }

    /**
     * @param store stays with the caller, who closes it
     * @throws StoreFailedException where it has been used without a key or with another one
     */
    public static EncryptedStore over(DefinitionStore store, EncryptionKey key) {
        boolean empty = store.revision() == 0;
        EncryptedStore encrypted = new EncryptedStore(store, key);
        store.write(writing -> {
            Optional<Entry> witness = writing.get(WITNESS);
            if (witness.isEmpty() && !empty) {
                throw new StoreFailedException(
                        "the store has been used without encryption: begin with an empty one, or without a key", null);
            }
            return witness.map(encrypted::opened)
                    .orElseGet(() -> writing.put(WITNESS, encrypted.sealed(WITNESS, "{}", null)));
        });
        return encrypted;
    }

    /** @throws StoreFailedException where the store is encrypted, so that nothing of it could be read without a key */
    public static void requirePlain(DefinitionStore store) {
        if (store.read(reading -> reading.get(WITNESS)).isPresent()) {
            throw new StoreFailedException("the store is encrypted, and there is no key for it", null);
        }
    }

    @Override
    public <T> T read(Function<? super Reading, T> work) {
        return store.read(reading -> work.apply(new Opened(reading)));
    }

    @Override
    public <T> T write(Function<? super Writing, T> work) {
        return store.write(writing -> work.apply(new Sealing(writing)));
    }

    @Override
    public long revision() {
        return store.revision();
    }

    private String sealed(Key entry, String json, String lookup) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        byte[] found = lookup == null ? new byte[0] : lookup.getBytes(StandardCharsets.UTF_8);
        byte[] both = ByteBuffer.allocate(Integer.BYTES + found.length + text.length)
                .putInt(lookup == null ? NO_LOOKUP : found.length)
                .put(found)
                .put(text)
                .array();
        return PREFIX + Base64.getEncoder().encodeToString(key.seal(both, place(entry))) + SUFFIX;
    }

    private Entry opened(Entry entry) {
        try {
            byte[] both = key.open(bytes(entry.json()), place(entry.key()));
            if (both == null) {
                throw unreadable(entry.key());
            }
            ByteBuffer buffer = ByteBuffer.wrap(both);
            int length = buffer.getInt();
            byte[] lookup = new byte[Math.max(0, length)];
            buffer.get(lookup);
            byte[] text = new byte[buffer.remaining()];
            buffer.get(text);
            return new Entry(
                    entry.key(),
                    new String(text, StandardCharsets.UTF_8),
                    length == NO_LOOKUP ? null : new String(lookup, StandardCharsets.UTF_8),
                    entry.version(),
                    entry.sequence());
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw unreadable(entry.key());
        }
    }

    private static byte[] bytes(String json) {
        if (!json.startsWith(PREFIX) || !json.endsWith(SUFFIX)) {
            throw new IllegalArgumentException("not sealed");
        }
        return Base64.getDecoder().decode(json.substring(PREFIX.length(), json.length() - SUFFIX.length()));
    }

    private static StoreFailedException unreadable(Key entry) {
        return new StoreFailedException(
                "the entry " + entry + " cannot be decrypted: it was encrypted with another key, or changed", null);
    }

    /** No part of a key has this character, so no two keys are the same place. */
    private static String place(Key entry) {
        return entry.kind() + '\0' + entry.parent() + '\0' + entry.id();
    }

    private String blind(String kind, String lookup) {
        return lookup == null ? null : key.blind(kind + '\0' + lookup);
    }

    private class Opened implements Reading {

        private final Reading reading;

        Opened(Reading reading) {
            this.reading = reading;
        }

        @Override
        public Optional<Entry> get(Key entry) {
            return entry.equals(WITNESS) ? Optional.empty() : reading.get(entry).map(EncryptedStore.this::opened);
        }

        @Override
        public Optional<Entry> find(String kind, String lookup) {
            return reading.find(kind, blind(kind, lookup)).map(EncryptedStore.this::opened);
        }

        @Override
        public List<Entry> list(String kind, String parent, Order order, OptionalLong after, int limit) {
            return reading.list(kind, parent, order, after, limit).stream()
                    .map(EncryptedStore.this::opened)
                    .toList();
        }

        @Override
        public Map<String, Entry> get(String kind, String parent, Set<String> ids) {
            Map<String, Entry> found = new HashMap<>(reading.get(kind, parent, ids));
            found.values().removeIf(entry -> entry.key().equals(WITNESS));
            found.replaceAll((id, entry) -> opened(entry));
            return found;
        }

        @Override
        public Map<String, List<Entry>> list(String kind, Set<String> parents) {
            Map<String, List<Entry>> found = new HashMap<>(reading.list(kind, parents));
            found.replaceAll((parent, entries) ->
                    entries.stream().map(EncryptedStore.this::opened).toList());
            return found;
        }
    }

    private final class Sealing extends Opened implements Writing {

        private final Writing writing;

        Sealing(Writing writing) {
            super(writing);
            this.writing = writing;
        }

        @Override
        public Entry put(Key entry, String json, String lookup) {
            Storable.check(entry, json, lookup);
            return opened(writing.put(entry, sealed(entry, json, lookup), blind(entry.kind(), lookup)));
        }

        @Override
        public boolean remove(Key entry) {
            return writing.remove(entry);
        }

        @Override
        public void removeAll(String kind, String parent) {
            writing.removeAll(kind, parent);
        }
    }
}
