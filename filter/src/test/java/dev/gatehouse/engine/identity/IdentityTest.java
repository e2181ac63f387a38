package dev.gatehouse.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.engine.policy.ConditionKeys;
import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.policy.PolicyDecision;
import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import dev.gatehouse.engine.policy.PolicyRules;
import dev.gatehouse.engine.policy.Principal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityTest {

    private static final String ALLOW_ALL = statement("Allow", "*", "");
    private static final PrincipalArn ANNA = PrincipalArn.of("arn:aws:iam::123456789012:user/team/anna");
    private static final PrincipalArn BUILD =
            PrincipalArn.of("arn:aws:sts::123456789012:assumed-role/Deployer/build-7");
    private static final PrincipalArn ROOT = PrincipalArn.of("arn:aws:iam::123456789012:root");

    @Test
    void nobodyMayDoAnythingWithoutAPolicy() {
        assertThat(verdict(Identity.of("AKIA", ANNA, List.of()))).isEqualTo(Verdict.IMPLICIT_DENY);
    }

    @Test
    void onePolicyThatAllowsIsEnough() {
        assertThat(verdict(with(ANNA, statement("Allow", "s3:*", ""), ALLOW_ALL)))
                .isEqualTo(Verdict.ALLOW);
    }

    @Test
    void explicitDenyOfALaterPolicyWinsOverAllow() {
        assertThat(verdict(with(ANNA, ALLOW_ALL, statement("Deny", "apigateway:GET", ""))))
                .isEqualTo(Verdict.EXPLICIT_DENY);
    }

    @Test
    void rootMayDoEverythingInItsAccount() {
        assertThat(verdict(Identity.of("AKIA", ROOT, List.of()))).isEqualTo(Verdict.ALLOW);
        assertThatIllegalArgumentException().isThrownBy(() -> with(ROOT, statement("Deny", "*", "")));
    }

    @Test
    void policiesSeeWhoTheIdentityIs() {
        assertThat(seen(ANNA, "aws:PrincipalArn", "arn:aws:iam::123456789012:user/team/anna"))
                .isTrue();
        assertThat(seen(ANNA, "aws:PrincipalAccount", "123456789012")).isTrue();
        assertThat(seen(ANNA, "aws:PrincipalType", "User")).isTrue();
        assertThat(seen(ANNA, "aws:username", "anna")).isTrue();
        assertThat(seen(ANNA, "aws:userid", UserIds.of(ANNA))).isTrue();
        assertThat(seen(ANNA, "aws:PrincipalTag/team", "blue")).isTrue();
        assertThat(seen(ANNA, "aws:PrincipalIsAWSService", "false")).isTrue();
        assertThat(seen(ANNA, "aws:ViaAWSService", "false")).isTrue();
    }

    @Test
    void sessionIsSeenAsItsRole() {
        assertThat(seen(BUILD, "aws:PrincipalArn", "arn:aws:iam::123456789012:role/Deployer"))
                .isTrue();
        assertThat(seen(BUILD, "aws:PrincipalType", "AssumedRole")).isTrue();
        assertThat(seen(BUILD, "aws:username", "build-7")).isFalse();
    }

    @Test
    void sessionGoesByTwoNames() {
        assertThat(Identity.of("ASIA", BUILD, List.of()).names())
                .containsExactly(
                        Principal.aws("arn:aws:sts::123456789012:assumed-role/Deployer/build-7"),
                        Principal.aws("arn:aws:iam::123456789012:role/Deployer"));
        assertThat(Identity.of("AKIA", ANNA, List.of()).names())
                .containsExactly(Principal.aws("arn:aws:iam::123456789012:user/team/anna"));
    }

    @Test
    void userIdIsInAmazonsFormAndTheSameForAllKeysOfOne() {
        assertThat(UserIds.of(ANNA)).matches("AIDA[0-9A-V]{17}").isEqualTo(UserIds.of(PrincipalArn.of(ANNA.arn())));
        assertThat(UserIds.of(BUILD)).matches("AROA[0-9A-V]{17}:build-7");
        assertThat(UserIds.of(ROOT)).isEqualTo("123456789012");
    }

    private static boolean seen(PrincipalArn principal, String key, String value) {
        Identity identity = new Identity(
                "AKIA",
                principal,
                UserIds.of(principal),
                Map.of("team", "blue"),
                List.of(policy(
                        statement("Allow", "*", ",'Condition':{'StringEquals':{'" + key + "':'" + value + "'}}"))));
        return verdict(identity) == Verdict.ALLOW;
    }

    private static Verdict verdict(Identity identity) {
        PolicyDecision decision = identity.decide(
                identity.query("apigateway:GET", "arn:aws:apigateway:eu-central-1::/restapis", ConditionKeys::builder));
        return decision.verdict();
    }

    private static Identity with(PrincipalArn principal, String... policies) {
        return Identity.of(
                "AKIA",
                principal,
                List.of(policies).stream().map(IdentityTest::policy).toList());
    }

    private static Policy policy(String text) {
        return Policy.compile(text, PolicyRules.IDENTITY).policy().orElseThrow();
    }

    private static String statement(String effect, String action, String more) {
        return ("{'Version':'2012-10-17','Statement':{'Effect':'" + effect + "','Action':'" + action
                        + "','Resource':'*'" + more + "}}")
                .replace('\'', '"');
    }
}
