package dev.gatehouse.dataplane.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.PrincipalArn;
import dev.gatehouse.http.CallerPrincipal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownCallerTest {

    private static final List<String> EVERYWHERE = List.of("claims.team", "context.team", "tags.team", "tags.none");

    @Test
    void whoSignedIsKnownByTheArnAndHasTagsAsRoles() {
        PrincipalArn anna = PrincipalArn.of("arn:aws:iam::123456789012:user/anna");
        Identity identity =
                new Identity("AKIDEXAMPLE", anna, "AIDAEXAMPLE", Map.of("team", "keepers, admins"), List.of());

        assertThat(KnownCaller.signed(identity).principal(EVERYWHERE))
                .isEqualTo(new CallerPrincipal(
                        "arn:aws:iam::123456789012:user/anna", "AWS_IAM", Set.of("keepers, admins")));
    }

    @Test
    void whatALambdaAuthorizerSaysIsOneRoleAndNotSeveral() {
        KnownCaller caller = KnownCaller.told("ada", Map.of("team", "keepers,admins", "tags.team", "admins"));

        assertThat(caller.principal(EVERYWHERE))
                .isEqualTo(new CallerPrincipal("ada", "CUSTOM", Set.of("keepers,admins")));
    }

    @Test
    void withoutSourcesNobodyHasRoles() {
        assertThat(KnownCaller.told("ada", Map.of("team", "keepers"))
                        .principal(List.of())
                        .roles())
                .isEmpty();
    }
}
