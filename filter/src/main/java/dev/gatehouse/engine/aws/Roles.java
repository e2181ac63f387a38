package dev.gatehouse.engine.aws;

import dev.gatehouse.engine.signature.Credentials;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a gateway signs with where a definition names a role. Definitions alone name roles, and those are known at deployment, so
 * there are no more of them than deployments have. Thread-safe.
 */
public final class Roles {

    /** Every other role. */
    public static final String ANY = "*";

    /** None: no call can be signed. */
    public static final Roles NONE = new Roles(List.of(), null, InstantSource.system());

    /**
     * How one role is played.
     *
     * @param roleArn whole, or {@link #ANY}
     * @param keys a key pair
     * @param assume whether the pair is whoever may assume the role; otherwise it stands for the role itself
     * @param externalId for AssumeRole; null for none
     */
    public record Part(String roleArn, Credentials keys, boolean assume, String externalId) {}

    private final List<Part> parts;
    private final Sts sts;
    private final InstantSource clock;
    private final Map<String, CredentialSource> sources = new ConcurrentHashMap<>();

    /**
     * @param parts the one with the whole ARN wins
     * @param sts asked for roles that are assumed; may be null where none is
     * @param clock tells when temporary credentials end
     */
    public Roles(List<Part> parts, Sts sts, InstantSource clock) {
        this.parts = List.copyOf(parts);
        this.sts = sts;
        this.clock = clock;
    }

    /** Whether calls can be signed in the name of that role. */
    public boolean know(String roleArn) {
        return part(roleArn) != null;
    }

    /** @return fails as {@link CredentialSource#current} does, and for a role that is not known */
    public CompletionStage<Credentials> credentials(String roleArn) {
        Part part = part(roleArn);
        if (part == null) {
            return CompletableFuture.failedFuture(
                    new CredentialsException("for " + roleArn + " there are no credentials in the configuration"));
        }
        return sources.computeIfAbsent(roleArn, arn -> source(part, arn)).current();
    }

    private CredentialSource source(Part part, String roleArn) {
        return part.assume()
                ? new AssumedRole(() -> sts.assume(roleArn, part.externalId(), part.keys()), clock)
                : CredentialSource.of(part.keys());
    }

    private Part part(String roleArn) {
        Part any = null;
        for (Part part : parts) {
            if (part.roleArn().equals(roleArn)) {
                return part;
            }
            if (part.roleArn().equals(ANY)) {
                any = part;
            }
        }
        return any;
    }
}
