package dev.gatehouse.configuration;

import dev.gatehouse.engine.identity.IdentityPolicies;
import dev.gatehouse.engine.identity.PrincipalArn;
import dev.gatehouse.engine.identity.PrincipalArn.Kind;
import dev.gatehouse.engine.identity.UserIds;
import dev.gatehouse.engine.policy.PolicyReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who may sign requests, from what the file says. No message shows a secret, nor how long it is. */
final class Identities {

    private final Secrets secrets;
    private final Problems problems;
    private final Map<String, Place> accessKeys = new HashMap<>();

    Identities(Secrets secrets, Problems problems) {
        this.secrets = secrets;
        this.problems = problems;
    }

    /** @return those that are right; of no use where there are problems */
    List<IdentityConfiguration> of(List<Found> items) {
        List<IdentityConfiguration> identities = new ArrayList<>();
        for (Found item : items) {
            PrincipalArn principal = principal(item);
            AwsCredentials credentials = credentials(item, principal);
            List<PolicyText> policies = policies(item, principal);
            if (principal != null && credentials != null) {
                identities.add(new IdentityConfiguration(
                        credentials,
                        principal,
                        item.text("userId", UserIds.of(principal)),
                        Assembly.texts(item, "tags"),
                        policies,
                        item.flag("disabled", false)));
            }
        }
        return identities;
    }

    /** @return null where there is none */
    private PrincipalArn principal(Found item) {
        Found arn = item.get("arn");
        if (arn == null) {
            return null;
        }
        PrincipalArn principal = PrincipalArn.of((String) arn.value());
        Found role = item.get("roleArn");
        if (role == null) {
            return principal;
        }
        return principal.ofRole((String) role.value()).orElseGet(() -> {
            problems.add(
                    role.place(),
                    principal.kind() == Kind.ASSUMED_ROLE
                            ? ShapeReader.quote((String) role.value()) + " is not the role of that session: without its"
                                    + " path it must be " + principal.issuer()
                            : "has a meaning only for a session of an assumed role");
            return null;
        });
    }

    /** @return null where they do not fit */
    private AwsCredentials credentials(Found item, PrincipalArn principal) {
        String id = secrets.value(item.get("accessKeyId"));
        String secret = secrets.value(item.get("secretAccessKey"));
        String token = secrets.value(item.get("sessionToken"));
        if (principal != null && principal.kind() == Kind.ASSUMED_ROLE && item.get("sessionToken") == null) {
            problems.add(
                    item.place(), "the key \"sessionToken\" is missing: a session signs with temporary credentials");
            return null;
        }
        if (id == null || secret == null) {
            return null;
        }
        boolean rightId = fits(
                item.get("accessKeyId"),
                IdentityConfiguration.ACCESS_KEY_ID.matcher(id).matches(),
                "what lies there is no access key id of 16 to 128 letters, digits and underscores");
        boolean rightSecret = fits(
                item.get("secretAccessKey"),
                secret.length() >= IdentityConfiguration.SHORTEST_SECRET,
                "what lies there has less than 20 characters: whoever sees one signed request could find it by trying");
        if (!rightId || !rightSecret || !once(item.get("accessKeyId").place(), id)) {
            return null;
        }
        return new AwsCredentials(id, secret, token);
    }

    private boolean fits(Found reference, boolean right, String message) {
        if (!right) {
            problems.add(reference.place(), message);
        }
        return right;
    }

    private boolean once(Place place, String accessKeyId) {
        Place before = accessKeys.putIfAbsent(accessKeyId, place);
        if (before != null) {
            problems.add(
                    place,
                    "what lies there is used already, in line " + before.line()
                            + "; an access key stands for one identity");
        }
        return before == null;
    }

    private List<PolicyText> policies(Found item, PrincipalArn principal) {
        List<Found> found = item.items("policies");
        if (principal != null && principal.kind() == Kind.ROOT && !found.isEmpty()) {
            problems.add(
                    item.get("policies").place(),
                    "no policy counts for the root of an account, which may do everything in it");
            return List.of();
        }
        List<PolicyText> policies = new ArrayList<>();
        for (Found policy : found) {
            Found document = policy.get("document");
            if (policy.get("file") != null) {
                policies.add(new PolicyText.Document(policy.text("file")));
            } else if (document != null) {
                inline((EmbeddedDocument) document.value(), policies);
            }
        }
        return policies;
    }

    private void inline(EmbeddedDocument document, List<PolicyText> policies) {
        PolicyReading reading = IdentityPolicies.compile(document.text());
        reading.problems().forEach(problem -> problems.add(document.at(problem.pointer()), problem.message()));
        reading.policy().ifPresent(policy -> policies.add(new PolicyText.Inline(policy)));
    }
}
