package dev.gatehouse.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.identity.PrincipalArn;
import dev.gatehouse.engine.identity.UserIds;
import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.policy.PolicyReading;
import dev.gatehouse.engine.policy.PolicyRules;
import dev.gatehouse.engine.signature.KeySource.Key;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody who can sign in a case. The secret is {@code secret of} and the access key.
 *
 * @param arn of a user, a session or a root
 * @param policy of IAM, a document; null for none
 * @param tags of the principal
 * @param sessionToken of temporary credentials
 * @param expiration of temporary credentials
 * @param disabled whether the access key is
 */
record Signer(
        String arn,
        JsonNode policy,
        Map<String, String> tags,
        String sessionToken,
        String expiration,
        boolean disabled) {

    /** @param byKey access key to somebody; null for nobody */
    static IdentitySource all(Map<String, Signer> byKey) {
        Map<String, Key<Identity>> keys = new HashMap<>();
        if (byKey != null) {
            byKey.forEach((key, signer) -> keys.put(key, signer.key(key)));
        }
        return IdentitySource.of(keys);
    }

    private Key<Identity> key(String accessKey) {
        PrincipalArn principal = PrincipalArn.of(arn);
        Identity identity =
                new Identity(accessKey, principal, UserIds.of(principal), tags == null ? Map.of() : tags, policies());
        return disabled
                ? Key.disabled(identity)
                : new Key<>(
                        List.of("secret of " + accessKey),
                        sessionToken,
                        expiration == null ? null : Instant.parse(expiration),
                        identity);
    }

    private List<Policy> policies() {
        if (policy == null) {
            return List.of();
        }
        PolicyReading reading = Policy.compile(policy.toString(), PolicyRules.IDENTITY);
        return List.of(reading.policy()
                .orElseThrow(() -> new AssertionError("the policy of " + arn + ": " + reading.problems())));
    }
}
