package dev.gatehouse.dataplane.authorizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.dataplane.authorizer.AuthorizerCache.Key;
import dev.gatehouse.dataplane.authorizer.AuthorizerCache.Scope;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerSealTest {

    private static final byte[] OUTPUT = "{\"principalId\":\"anna\"}".getBytes(UTF_8);

    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final AnswerSeal seal = new AnswerSeal(new byte[32], () -> now);

    private static Key key(String api, String stage, String authorizer, String definition, String identity) {
        return new Key(new Scope(api, stage, authorizer, definition), identity, 0);
    }

    @Test
    void whatIsSealedIsOpenedUntilItIsOver() {
        byte[] sealed = seal.seal("name", OUTPUT, 1000);
        now = now.plusMillis(400);
        assertThat(seal.open("name", sealed).output()).isEqualTo(OUTPUT);
        assertThat(seal.open("name", sealed).millis()).isEqualTo(600);
        now = now.plusMillis(600);
        assertThat(seal.open("name", sealed)).isNull();
    }

    @Test
    void anAnswerToAnotherQuestionIsNone() {
        assertThat(seal.open("other", seal.seal("name", OUTPUT, 1000))).isNull();
    }

    @Test
    void nobodyWithoutTheKeyMakesAnAnswer() {
        byte[] other = new byte[32];
        other[31] = 1;
        assertThat(seal.open("name", new AnswerSeal(other, () -> now).seal("name", OUTPUT, 1000)))
                .isNull();
        assertThat(seal.open("name", OUTPUT)).isNull();
        assertThat(seal.open("name", new byte[0])).isNull();
        assertThat(seal.open("name", new byte[12])).isNull();
    }

    @Test
    void aChangedBitSpoilsIt() {
        byte[] sealed = seal.seal("name", OUTPUT, 1000);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(seal.open("name", changed)).as("byte %s", i).isNull();
        }
    }

    @Test
    void theSameIsNeverSealedTheSameWay() {
        assertThat(seal.seal("name", OUTPUT, 1000)).isNotEqualTo(seal.seal("name", OUTPUT, 1000));
    }

    @Test
    void questionsThatDifferInAnythingHaveDifferentNamesThatTellNothing() {
        List<Key> keys = List.of(
                key("api", "stage", "a", "def", "token"),
                key("apis", "tage", "a", "def", "token"),
                key("api", "stage", "ad", "ef", "token"),
                key("api", "stage", "a", "deft", "oken"),
                key("api", "stage", "a", "def", "token2"),
                key("api", "dev", "a", "def", "token"));
        Set<String> names = new HashSet<>();
        keys.forEach(key -> names.add(seal.name(key)));
        assertThat(names).hasSize(keys.size()).allMatch(name -> name.matches("[0-9a-f]{64}"));
        byte[] other = new byte[32];
        other[0] = 1;
        assertThat(new AnswerSeal(other, () -> now).name(keys.get(0))).isNotIn(names);
    }

    @Test
    void aShortKeyIsNone() {
        assertThatThrownBy(() -> new AnswerSeal(new byte[16], () -> now)).isInstanceOf(IllegalArgumentException.class);
    }
}
