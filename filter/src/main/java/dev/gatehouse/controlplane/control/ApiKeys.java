package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.ApiKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * API keys in the store: an entry each, found by its id or by the hash of its value, so that a million of them are as quick as ten.
 */
final class ApiKeys {

    static final String KIND = "apikey";
    static final String UNKNOWN = "Invalid API Key identifier specified";

    private static final int ID_LENGTH = 10;

    private ApiKeys() {}

    static ApiKey read(Entry entry) {
        return Documents.read(entry.json(), ApiKey.class);
    }

    static Optional<ApiKey> find(Reading reading, String id) {
        return reading.get(Key.of(KIND, id)).map(ApiKeys::read);
    }

    /** @throws ControlError where there is no such key */
    static ApiKey get(Reading reading, String id) {
        return find(reading, id).orElseThrow(() -> ControlError.notFound(UNKNOWN));
    }

    /** By hash, so that neither the time of the search nor an index tells anything of a value; the rest takes the same time. */
    static Optional<ApiKey> findByValue(Reading reading, String value) {
        byte[] wanted = value.getBytes(StandardCharsets.UTF_8);
        return reading.find(KIND, hash(value))
                .map(ApiKeys::read)
                .filter(key -> key.value() == null // of a declared key only the hash is known
                        || MessageDigest.isEqual(key.value().getBytes(StandardCharsets.UTF_8), wanted));
    }

    static void put(Writing writing, ApiKey key) {
        // a key without value is a declared one, which is refused here
        writing.put(Key.of(KIND, key.id()), Documents.text(key), key.value() == null ? null : hash(key.value()));
        Marks.ACCESS.mark(writing, KIND, key.id());
    }

    static boolean remove(Writing writing, String id) {
        Marks.ACCESS.mark(writing, KIND, id);
        return writing.remove(Key.of(KIND, id));
    }

    /** An identifier that no key has yet. */
    static String newId(Writing writing, Call call) {
        return freeId(writing, call, KIND);
    }

    static String freeId(Writing writing, Call call, String kind) {
        String id = call.home().newId(ID_LENGTH);
        while (writing.get(Key.of(kind, id)).isPresent()) {
            id = call.home().newId(ID_LENGTH);
        }
        return id;
    }

    static String hash(String value) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
