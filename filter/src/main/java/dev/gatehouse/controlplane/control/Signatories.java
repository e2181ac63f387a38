package dev.gatehouse.controlplane.control;

import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.policy.ConditionKeys;
import dev.gatehouse.engine.policy.PolicyDecision;
import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import dev.gatehouse.engine.signature.SigV4Verifier;
import dev.gatehouse.engine.signature.SignedRequest;
import dev.gatehouse.engine.signature.Verification.Kind;
import dev.gatehouse.engine.signature.Verification.Rejected;
import dev.gatehouse.engine.signature.Verification.Verified;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Those who may sign calls of one service at the address of the control plane, and what their policies allow them. Where networks are
 * named, nobody from outside of them. Thread-safe.
 *
 * <p>The texts of refusals are those of AWS Identity and Access Management user guide, "Troubleshoot access denied error messages".
 */
public final class Signatories {

    private final SigV4Verifier<Identity> signatures;
    private final String accountId;
    private final InstantSource clock;
    private final Predicate<String> networks;

    /**
     * @param identities who may sign
     * @param accountId of the gateway; identities of other accounts may do nothing here
     * @param networks whether calls from an IP address are answered at all
     * @param service signing name that calls must be signed for, in any region
     */
    public Signatories(
            IdentitySource identities,
            String accountId,
            InstantSource clock,
            Predicate<String> networks,
            String service) {
        this.signatures = new SigV4Verifier<>(identities, clock, null, service);
        this.accountId = Objects.requireNonNull(accountId, "accountId");
        this.clock = clock;
        this.networks = Objects.requireNonNull(networks, "networks");
    }

    /**
     * Who has signed a call, in its header.
     *
     * @throws ControlError {@link ControlError#forbidden} where nobody may be assumed to have
     */
    public Verified<Identity> prove(ControlRequest request) {
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
                .fold(verified -> verified, Signatories::refused);
    }

    private static Verified<Identity> refused(Rejected<Identity> rejected) {
        throw ControlError.forbidden(rejected.kind().errorType(), rejected.message());
    }

    /**
     * What policies may ask about a call, whatever it is for.
     *
     * @param region that it was signed for
     * @return to be added to
     */
    public ConditionKeys.Builder circumstances(ControlRequest request, String region) {
        return Circumstances.around(request, region, clock.instant());
    }

    /**
     * @param action such as {@code apigateway:GET}
     * @param resource its ARN
     * @param circumstances of the call; asked for where a policy wants to know
     * @throws ControlError {@link ControlError#forbidden} where the policies of the identity do not allow it
     */
    public void allow(
            Identity identity, String action, String resource, Supplier<ConditionKeys.Builder> circumstances) {
        if (!identity.account().equals(accountId)) {
            throw denied(
                    identity, action, resource, " because no resource-based policy allows the " + action + " action");
        }
        PolicyDecision decision = identity.decide(identity.query(action, resource, circumstances));
        if (decision.verdict() == Verdict.EXPLICIT_DENY) {
            throw denied(identity, action, resource, " with an explicit deny in an identity-based policy");
        }
        if (!decision.isAllowed()) {
            throw denied(
                    identity, action, resource, " because no identity-based policy allows the " + action + " action");
        }
    }

    private static ControlError denied(Identity identity, String action, String resource, String reason) {
        return ControlError.forbidden(
                "AccessDeniedException",
                "User: " + identity.arn() + " is not authorized to perform: " + action + " on resource: " + resource
                        + reason);
    }
}
