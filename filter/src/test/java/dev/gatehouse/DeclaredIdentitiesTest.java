package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.configuration.AwsCredentials;
import dev.gatehouse.configuration.GatehouseConfiguration;
import dev.gatehouse.configuration.IdentityConfiguration;
import dev.gatehouse.configuration.PolicyText;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.identity.PrincipalArn;
import dev.gatehouse.engine.policy.ConditionKeys;
import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import dev.gatehouse.engine.signature.KeySource.Key;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeclaredIdentitiesTest {

    private static final String READERS =
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"apigateway:GET\",\"Resource\":\"*\"}}";
    private static final AwsCredentials ANNA =
            new AwsCredentials("AKIAEXAMPLEANNA01", "a-secret-of-anna-that-is-long-enough", null);

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void policyMayLieInADocumentOfItsOwn() {
        Key<Identity> key = identities(Map.of("policies/readers.json", READERS), anna(false, "policies/readers.json"))
                .find("AKIAEXAMPLEANNA01")
                .orElseThrow();

        assertThat(problems).isEmpty();
        assertThat(key.secretAccessKeys()).containsExactly("a-secret-of-anna-that-is-long-enough");
        assertThat(verdict(key.principal(), "apigateway:GET")).isEqualTo(Verdict.ALLOW);
        assertThat(verdict(key.principal(), "apigateway:PUT")).isEqualTo(Verdict.IMPLICIT_DENY);
    }

    @Test
    void disabledIdentityCanSignNothing() {
        Key<Identity> key = identities(Map.of("policies/readers.json", READERS), anna(true, "policies/readers.json"))
                .find("AKIAEXAMPLEANNA01")
                .orElseThrow();

        assertThat(key.secretAccessKeys()).isEmpty();
    }

    @Test
    void noOtherSourceRevivesADisabledIdentity() {
        Identity other =
                Identity.of("AKIAEXAMPLEANNA01", PrincipalArn.of("arn:aws:iam::123456789012:user/anna"), List.of());
        IdentitySource both = IdentitySource.firstOf(List.of(
                identities(Map.of(), anna(true)),
                IdentitySource.of(Map.of("AKIAEXAMPLEANNA01", Key.of("another-secret-of-anna", other)))));

        assertThat(both.find("AKIAEXAMPLEANNA01").orElseThrow().secretAccessKeys())
                .isEmpty();
    }

    @Test
    void mistakesOfDocumentsAreToldOnceAndAlsoForTheDisabled() {
        identities(
                Map.of(
                        "broken.json",
                        "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\"}}",
                        "latin.json",
                        "\u0000"),
                anna(true, "broken.json", "broken.json", "missing.json", "latin.json"));

        assertThat(problems)
                .extracting(Object::toString)
                .containsExactly(
                        "broken.json#/Statement: needs 'Resource' or 'NotResource'",
                        "missing.json#: there is no such document (policy of an identity)",
                        "latin.json#: is not UTF-8");
    }

    private IdentitySource identities(Map<String, String> documents, IdentityConfiguration... identities) {
        GatehouseConfiguration.Builder configuration = GatehouseConfiguration.builder();
        List.of(identities).forEach(configuration::identity);
        return DeclaredIdentities.of(configuration.build(), name -> document(documents.get(name)), problems);
    }

    /** A zero stands for what no UTF-8 has. */
    private static ByteArrayInputStream document(String text) {
        if (text == null) {
            return null;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new ByteArrayInputStream(text.equals("\u0000") ? new byte[] {(byte) 0xff} : bytes);
    }

    private static IdentityConfiguration anna(boolean disabled, String... policies) {
        PrincipalArn principal = PrincipalArn.of("arn:aws:iam::123456789012:user/anna");
        List<PolicyText> texts = new ArrayList<>();
        List.of(policies).forEach(name -> texts.add(new PolicyText.Document(name)));
        return new IdentityConfiguration(ANNA, principal, "AIDAANNA", Map.of(), texts, disabled);
    }

    private static Verdict verdict(Identity identity, String action) {
        return identity.decide(
                        identity.query(action, "arn:aws:apigateway:us-east-1::/restapis", ConditionKeys::builder))
                .verdict();
    }
}
