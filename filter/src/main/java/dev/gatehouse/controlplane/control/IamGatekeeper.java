package dev.gatehouse.controlplane.control;

import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.policy.PolicyDecision;
import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import dev.gatehouse.engine.policy.PolicyQuery;
import dev.gatehouse.engine.signature.SigV4Verifier;
import dev.gatehouse.engine.signature.SignedRequest;
import dev.gatehouse.engine.signature.Verification.Kind;
import dev.gatehouse.engine.signature.Verification.Rejected;
import dev.gatehouse.engine.signature.Verification.Verified;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Lets in as Amazon does: whoever has signed the request, in the header, for {@code apigateway} and any region, and is allowed
 * by the policies of the identity to do it. Nobody else, wherever the request comes from; and where networks are named, nobody
 * from outside of them.
 *
 * <p>Thread-safe. The texts of refusals are those of AWS Identity and Access Management user guide, "Troubleshoot access denied
 * error messages".
 */
public final class IamGatekeeper implements Gatekeeper {

    private final SigV4Verifier<Identity> signatures;
    private final String accountId;
    private final InstantSource clock;
    private final Predicate<String> networks;

    /**
     * @param identities who may sign
     * @param accountId of the gateway; identities of other accounts may do nothing here
     * @param networks whether calls from an IP address are answered at all
     */
    public IamGatekeeper(IdentitySource identities, String accountId, InstantSource clock, Predicate<String> networks) {
        this.signatures = new SigV4Verifier<>(identities, clock, null, "apigateway");
        this.accountId = Objects.requireNonNull(accountId, "accountId");
        this.clock = clock;
        this.networks = Objects.requireNonNull(networks, "networks");
    }

    @Override
    public Caller admit(ControlRequest request, ResourceTags tags) {
        if (!networks.test(request.address())) {
            throw ControlError.forbidden(
                    "AccessDeniedException", "The control plane takes no calls from the address " + request.address());
        }
        // no tool of Amazon's presigns calls of the control plane, and URLs get into logs
        if (request.headers().first("Authorization") == null) {
            throw ControlError.forbidden(Kind.MISSING_AUTHENTICATION_TOKEN.errorType(), "Missing Authentication Token");
        }
        String host = request.headers().first("Host");
        return signatures
                .verify(new SignedRequest(
                        request.method(),
                        host == null ? "" : host,
                        request.requestUri(),
                        request.query(),
                        request.headers(),
                        request.body()))
                .fold(verified -> allowed(request, verified, tags), IamGatekeeper::refused);
    }

    private static Caller refused(Rejected<Identity> rejected) {
        throw ControlError.forbidden(rejected.kind().errorType(), rejected.message());
    }

    private Caller allowed(ControlRequest request, Verified<Identity> verified, ResourceTags tags) {
        Identity identity = verified.principal();
        String region = verified.scope().region();
        Permission permission = Permission.of(request, region);
        if (!identity.account().equals(accountId)) {
            throw denied(
                    identity,
                    permission,
                    " because no resource-based policy allows the " + permission.action() + " action");
        }
        Instant now = clock.instant();
        PolicyQuery query = identity.query(
                permission.action(),
                permission.resource(),
                () -> Circumstances.of(request, region, now, tags.in(region)));
        PolicyDecision decision = identity.decide(query);
        if (decision.verdict() == Verdict.EXPLICIT_DENY) {
            throw denied(identity, permission, " with an explicit deny in an identity-based policy");
        }
        if (!decision.isAllowed()) {
            throw denied(
                    identity,
                    permission,
                    " because no identity-based policy allows the " + permission.action() + " action");
        }
        return new Caller(identity.arn(), region);
    }

    private static ControlError denied(Identity identity, Permission permission, String reason) {
        return ControlError.forbidden(
                "AccessDeniedException",
                "User: " + identity.arn() + " is not authorized to perform: " + permission.action() + " on resource: "
                        + permission.resource() + reason);
    }
}
