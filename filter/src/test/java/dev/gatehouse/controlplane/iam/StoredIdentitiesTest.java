package dev.gatehouse.controlplane.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.controlplane.control.Home;
import dev.gatehouse.controlplane.control.Marks;
import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.EncryptedStore;
import dev.gatehouse.controlplane.store.EncryptionKey;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.StoreFailedException;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.signature.KeySource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class StoredIdentitiesTest {

    private static final String SECRET = "a-secret-of-40-characters-as-iam-has-it/";
    private static final String ALLOW = "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";
    private static final Home HOME = new Home(
            "123456789012", "eu-central-1", InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z")), () -> 0);

    private final DatabaseThatMayFail raw = new DatabaseThatMayFail();
    private final EncryptedStore store =
            EncryptedStore.over(raw, EncryptionKey.parse(Base64.getEncoder().encodeToString(new byte[32])));
    private final StoredIdentities kept = new StoredIdentities(store, HOME);

    @Test
    void whoSignsIsKnownWithTagsAndPoliciesThatAreCompiledOnce() {
        put(user("ada", ALLOW, key("AKIAADA0000000000001", true), key("AKIAADA0000000000002", false)));
        kept.refresh();

        KeySource.Key<Identity> found = kept.find("AKIAADA0000000000001").orElseThrow();
        assertThat(found.secretAccessKeys()).containsExactly(SECRET);
        assertThat(found.sessionToken()).isNull();
        assertThat(found.principal().arn()).isEqualTo("arn:aws:iam::123456789012:user/team/ada");
        assertThat(found.principal().userId()).isEqualTo("AIDAADA");
        assertThat(found.principal().tags()).isEqualTo(Map.of("team", "blue"));
        List<Policy> policies = found.principal().policies();
        assertThat(policies).hasSize(1);
        assertThat(kept.find("AKIAADA0000000000002").orElseThrow().secretAccessKeys())
                .isEmpty();
        assertThat(kept.find("AKIAUNKNOWN")).isEmpty();

        put(user("bob", ALLOW, key("AKIABOB0000000000001", true)));
        kept.refresh();
        assertThat(kept.find("AKIAADA0000000000001")
                        .orElseThrow()
                        .principal()
                        .policies()
                        .get(0))
                .isSameAs(policies.get(0));
    }

    @Test
    void secretsAreNeitherInTheStoreNorInTextForms() {
        User ada = user("ada", ALLOW, key("AKIAADA0000000000001", true));
        put(ada);
        kept.refresh();

        assertThat(ada.toString() + kept.find("AKIAADA0000000000001")).doesNotContain(SECRET);
        raw.read(reading -> assertThat(reading.list(Users.KIND, ""))
                .hasSize(1)
                .allMatch(entry -> !entry.toString().contains(SECRET)
                        && !entry.toString().contains("AKIAADA")
                        && !entry.toString().contains("Allow")));
    }

    @Test
    void entriesThatWereExchangedBehindItsBackOpenNothingAndOthersGoOn() {
        put(user("ada", ALLOW, key("AKIAADA0000000000001", true)));
        put(user("bob", ALLOW, key("AKIABOB0000000000001", true)));
        put(user("cy", ALLOW, key("AKIACY00000000000001", true)));
        kept.refresh();

        raw.write(writing -> {
            String ada = writing.get(Key.of(Users.KIND, "ada")).orElseThrow().json();
            String bob = writing.get(Key.of(Users.KIND, "bob")).orElseThrow().json();
            writing.put(Key.of(Users.KIND, "ada"), bob);
            return writing.put(Key.of(Users.KIND, "bob"), ada);
        });
        store.write(writing -> {
            Marks.USERS.mark(writing, "ada");
            Marks.USERS.mark(writing, "bob");
            Marks.USERS.mark(writing, "cy");
            return null;
        });
        kept.refresh();
        StoredIdentities restarted = new StoredIdentities(store, HOME);
        restarted.refresh();

        for (StoredIdentities node : List.of(kept, restarted)) {
            assertThat(node.find("AKIAADA0000000000001")).isEmpty();
            assertThat(node.find("AKIABOB0000000000001")).isEmpty();
            assertThat(node.find("AKIACY00000000000001")).isPresent();
        }
    }

    /** Another version of Gatehouse may have saved it: half of somebody's policies could be the half that denies nothing. */
    @Test
    void whoHasAPolicyThatIsNotUnderstoodMaySignNothing() {
        put(user("ada", "{\"Statement\":{\"Effect\":\"Deny\",\"Sometimes\":true}}", key("AKIAADA0000000000001", true)));
        kept.refresh();

        assertThat(kept.find("AKIAADA0000000000001")).isEmpty();
        assertThat(kept.isEmpty()).isTrue();
    }

    @Test
    void aKeyThatMovesWithItsUserIsNotLostWhoeverTakesTheOldName() {
        put(user("ada", ALLOW, key("AKIAADA0000000000001", true)));
        kept.refresh();
        store.write(writing -> {
            writing.remove(Key.of(Users.KIND, "ada"));
            Marks.USERS.mark(writing, "ada");
            Users.put(writing, user("lovelace", ALLOW, key("AKIAADA0000000000001", true)));
            Users.put(writing, user("ada", ALLOW));
            return null;
        });
        kept.refresh();

        assertThat(kept.find("AKIAADA0000000000001").orElseThrow().principal().arn())
                .isEqualTo("arn:aws:iam::123456789012:user/team/lovelace");
    }

    @Test
    void aDatabaseThatDoesNotAnswerTakesNobodysKeysAwayAndNothingIsMissedWhenItIsBack() {
        put(user("ada", ALLOW, key("AKIAADA0000000000001", true)));
        kept.refresh();
        put(user("ada", ALLOW, key("AKIAADA0000000000001", false)));
        raw.failing = true;

        assertThatThrownBy(kept::refresh).isInstanceOf(StoreFailedException.class);
        assertThat(kept.isEmpty()).isFalse();

        raw.failing = false;
        kept.refresh();
        assertThat(kept.isEmpty()).isTrue();
    }

    private void put(User user) {
        store.write(writing -> {
            Users.put(writing, user);
            return null;
        });
    }

    private static User user(String name, String policy, AccessKey... keys) {
        return new User(name, "/team/", "AIDAADA", 0, Map.of("team", "blue"), Map.of("policy", policy), List.of(keys));
    }

    private static AccessKey key(String id, boolean active) {
        return new AccessKey(id, SECRET, active, 0);
    }

    /** Fails at the end of a transaction, as a connection that breaks does. */
    private static final class DatabaseThatMayFail implements DefinitionStore {

        private final InMemoryStore store = new InMemoryStore();
        private boolean failing;

        @Override
        public <T> T read(Function<? super Reading, T> work) {
            T done = store.read(work);
            if (failing) {
                throw new StoreFailedException("the connection is gone", null);
            }
            return done;
        }

        @Override
        public <T> T write(Function<? super Writing, T> work) {
            return store.write(work);
        }

        @Override
        public long revision() {
            return store.revision();
        }
    }
}
