package dev.gatehouse.configuration;

import dev.gatehouse.engine.identity.PrincipalArn;
import dev.gatehouse.engine.identity.PrincipalArn.Kind;
import dev.gatehouse.engine.identity.UserIds;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Somebody who may sign requests of the data plane and of the control plane. Immutable; its text form shows no secret.
 *
 * @param credentials that it signs with: the id 16 to 128 letters, digits and underscores, the secret 20 characters or more; a
 *     session has a session token
 * @param principal who it is; the account need not be that of the gateway
 * @param userId as in {@code aws:userid}
 * @param tags as in {@code aws:PrincipalTag/...}
 * @param policies attached to it; none for a root, which may do everything in its account
 * @param disabled whether its access key is refused as if it were unknown, whoever else may know it
 */
public record IdentityConfiguration(
        AwsCredentials credentials,
        PrincipalArn principal,
        String userId,
        Map<String, String> tags,
        List<PolicyText> policies,
        boolean disabled) {

    static final Pattern ACCESS_KEY_ID = Pattern.compile("^\\w{16,128}$");
    static final int SHORTEST_SECRET = 20;

    /** @throws IllegalArgumentException on credentials that do not fit, or policies of a root */
    public IdentityConfiguration {
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(userId, "userId");
        tags = Map.copyOf(tags);
        policies = List.copyOf(policies);
        Check.matches("accessKeyId", ACCESS_KEY_ID, credentials.accessKeyId());
        if (credentials.secretAccessKey().length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("secretAccessKey must have 20 characters or more");
        }
        if (principal.kind() == Kind.ASSUMED_ROLE && credentials.sessionToken() == null) {
            throw new IllegalArgumentException("a session signs with temporary credentials: sessionToken is missing");
        }
        if (principal.kind() == Kind.ROOT && !policies.isEmpty()) {
            throw new IllegalArgumentException("no policy counts for an account's root");
        }
    }

    /** With the user id that is made from the ARN, without tags, enabled. */
    public static IdentityConfiguration of(
            AwsCredentials credentials, PrincipalArn principal, List<PolicyText> policies) {
        return new IdentityConfiguration(credentials, principal, UserIds.of(principal), Map.of(), policies, false);
    }
}
