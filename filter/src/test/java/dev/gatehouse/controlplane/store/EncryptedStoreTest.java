package dev.gatehouse.controlplane.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedStoreTest extends DefinitionStoreContract {

    private static final Key KEY = new Key("apikey", "", "id");

    private final InMemoryStore behind = new InMemoryStore();
    private final EncryptedStore store = EncryptedStore.over(behind, key(1));

    @Override
    protected DefinitionStore store() {
        return store;
    }

    private static EncryptionKey key(int seed) {
        byte[] secret = new byte[32];
        secret[0] = (byte) seed;
        return EncryptionKey.parse(Base64.getEncoder().encodeToString(secret));
    }

    @Test
    void whatLiesBehindItTellsNothing() {
        store.write(writing -> writing.put(KEY, "{\"value\":\"secret\"}", "hash"));

        Entry kept = behind.read(reading -> reading.get(KEY)).orElseThrow();
        assertThat(kept.json()).startsWith("{\"sealed\":\"").doesNotContain("secret");
        assertThat(kept.lookup()).isNotEqualTo("hash").hasSize(64);
        assertThat(store.read(reading -> reading.find("apikey", "hash")).orElseThrow())
                .extracting(Entry::json, Entry::lookup)
                .containsExactly("{\"value\":\"secret\"}", "hash");
    }

    @Test
    void theSameTextIsNeverKeptTheSame() {
        store.write(writing -> writing.put(KEY, "1"));
        String first = behind.read(reading -> reading.get(KEY)).orElseThrow().json();
        store.write(writing -> writing.put(KEY, "1"));

        assertThat(behind.read(reading -> reading.get(KEY)).orElseThrow().json())
                .isNotEqualTo(first);
    }

    @Test
    void aTextThatWasMovedOrChangedIsNotRead() {
        Key other = new Key("apikey", "", "other");
        store.write(writing -> writing.put(KEY, "1"));
        String sealed = behind.read(reading -> reading.get(KEY)).orElseThrow().json();
        for (String forged : new String[] {
            sealed, "{\"value\":\"plain\"}", "", "{\"sealed\":\"\"}", "{\"sealed\":\"!\"}", "{\"sealed\":\"AAAA\"}"
        }) {
            behind.write(writing -> writing.put(other, forged));

            assertThatThrownBy(() -> store.read(reading -> reading.get(other)))
                    .as(forged)
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining("cannot be decrypted");
        }
    }

    @Test
    void anotherKeyOpensNothing() {
        assertThatThrownBy(() -> EncryptedStore.over(behind, key(2)))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("another key");
        EncryptedStore.over(behind, key(1)).write(writing -> writing.put(KEY, "1"));
        Optional<Entry> shared = store.read(reading -> reading.get(KEY));
        assertThat(shared).isPresent();
    }

    @Test
    void aStoreIsEncryptedFromItsBeginningOrNotAtAll() {
        InMemoryStore plain = new InMemoryStore();
        EncryptedStore.requirePlain(plain);
        EncryptedStore.requirePlain(store);
        plain.write(writing -> writing.put(KEY, "1"));
        EncryptedStore.requirePlain(plain);

        assertThatThrownBy(() -> EncryptedStore.over(plain, key(1)))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("used without encryption");
        assertThatThrownBy(() -> EncryptedStore.requirePlain(behind))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("is encrypted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no base64!", "c2hvcnQ="})
    void aKeyHas32Bytes(String wrong) {
        assertThatThrownBy(() -> EncryptionKey.parse(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("an encryption key is 32 bytes in Base64");
        assertThat(key(1)).hasToString("EncryptionKey[***]");
    }
}
