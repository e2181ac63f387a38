package dev.gatehouse.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.engine.identity.PrincipalArn.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalArnTest {

    @Test
    void userHasTheLastPartOfItsPathAsName() {
        assertThat(PrincipalArn.of("arn:aws:iam::123456789012:user/team/a/anna@example.com"))
                .isEqualTo(new PrincipalArn(
                        Kind.USER,
                        "arn:aws:iam::123456789012:user/team/a/anna@example.com",
                        "123456789012",
                        "anna@example.com",
                        "arn:aws:iam::123456789012:user/team/a/anna@example.com"));
    }

    @Test
    void sessionIsOneOfItsRole() {
        assertThat(PrincipalArn.of("arn:aws-cn:sts::123456789012:assumed-role/Deployer/build-7"))
                .isEqualTo(new PrincipalArn(
                        Kind.ASSUMED_ROLE,
                        "arn:aws-cn:sts::123456789012:assumed-role/Deployer/build-7",
                        "123456789012",
                        "build-7",
                        "arn:aws-cn:iam::123456789012:role/Deployer"));
    }

    @Test
    void roleOfASessionMayHaveAPath() {
        PrincipalArn session = PrincipalArn.of("arn:aws:sts::123456789012:assumed-role/Deployer/build-7");

        assertThat(session.ofRole("arn:aws:iam::123456789012:role/ci/Deployer")
                        .orElseThrow()
                        .issuer())
                .isEqualTo("arn:aws:iam::123456789012:role/ci/Deployer");
        assertThat(session.ofRole("arn:aws:iam::123456789012:role/ci/Other")).isEmpty();
        assertThat(session.ofRole("arn:aws:iam::210987654321:role/ci/Deployer")).isEmpty();
        assertThat(PrincipalArn.of("arn:aws:iam::123456789012:root").ofRole("arn:aws:iam::123456789012:role/Deployer"))
                .isEmpty();
    }

    @Test
    void rootIsOfItsAccount() {
        PrincipalArn root = PrincipalArn.of("arn:aws:iam::123456789012:root");

        assertThat(root.kind()).isEqualTo(Kind.ROOT);
        assertThat(root.account()).isEqualTo("123456789012");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "anna",
                "arn:aws:iam::12345:user/anna",
                "arn:aws:iam::123456789012:user/",
                "arn:aws:iam::123456789012:user/*",
                "arn:aws:iam::123456789012:user//anna",
                "arn:aws:iam::123456789012:role/Deployer",
                "arn:aws:iam::123456789012:group/all",
                "arn:aws:iam:eu-central-1:123456789012:user/anna",
                "arn:aws:sts::123456789012:assumed-role/Deployer",
                "arn:aws:sts::123456789012:assumed-role/ci/Deployer/build-7",
                "arn:aws:sts::123456789012:user/anna",
                "arn:aws:iam::123456789012:user/anna\n",
                "xarn:aws:iam::123456789012:root"
            })
    void nothingElseCanSign(String arn) {
        assertThat(PrincipalArn.parse(arn)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> PrincipalArn.of(arn));
    }
}
