package dev.gatehouse.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.signature.KeySource.Key;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentitySourceTest {

    private static final Identity ANNA =
            Identity.of("AKIAONE", PrincipalArn.of("arn:aws:iam::123456789012:user/anna"), List.of());
    private static final Identity BERT =
            Identity.of("AKIATWO", PrincipalArn.of("arn:aws:iam::123456789012:user/bert"), List.of());

    @Test
    void firstSourceThatKnowsAKeyIsRight() {
        IdentitySource both = IdentitySource.firstOf(List.of(
                IdentitySource.of(Map.of("AKIAONE", Key.of("secret-1", ANNA))),
                IdentitySource.of(Map.of("AKIAONE", Key.of("secret-2", BERT), "AKIATWO", Key.of("secret-3", BERT)))));

        assertThat(both.find("AKIAONE").orElseThrow().principal()).isEqualTo(ANNA);
        assertThat(both.find("AKIATWO").orElseThrow().principal()).isEqualTo(BERT);
        assertThat(both.find("AKIATHREE")).isEmpty();
    }

    @Test
    void aSourceThatKnowsAKeyToBeDisabledIsRightToo() {
        IdentitySource both = IdentitySource.firstOf(List.of(
                IdentitySource.of(Map.of("AKIAONE", Key.disabled(ANNA))),
                IdentitySource.of(Map.of("AKIAONE", Key.of("secret-2", BERT)))));

        assertThat(both.find("AKIAONE").orElseThrow()).isEqualTo(Key.disabled(ANNA));
    }

    @Test
    void nobodyIsNobody() {
        assertThat(IdentitySource.NOBODY.find("AKIAONE")).isEmpty();
        assertThat(IdentitySource.firstOf(List.of()).find("AKIAONE")).isEmpty();
    }

    @Test
    void noTextShowsASecret() {
        Key<Identity> key = Key.of("top-secret", ANNA);

        assertThat(key.toString()).contains("user/anna").doesNotContain("top-secret");
        assertThat(ANNA.toString()).isEqualTo("arn:aws:iam::123456789012:user/anna");
    }
}
